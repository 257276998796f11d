"""What every test stands on: no screen, and patience on machines that are slow or busy."""

import os

from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores: threads of numpy's would wait for another

_PATIENCE = 30_000  # milliseconds; a wait ends as soon as what it waits for is there

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitActive, QtBot.waitExposed):
    (_wait.__kwdefaults__ or {})["timeout"] = _PATIENCE

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
