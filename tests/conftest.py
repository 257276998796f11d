"""What every test stands on: no screen, and patience on machines that are slow or busy."""

import os

from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_PATIENCE = 30_000  # milliseconds; a wait ends as soon as what it waits for is there

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitActive, QtBot.waitExposed):
    (_wait.__kwdefaults__ or {})["timeout"] = _PATIENCE
