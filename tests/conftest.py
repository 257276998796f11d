"""What every test stands on: no screen, and patience on machines that are slow or busy."""

import os
from importlib.metadata import entry_points

import catalogue
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores: threads of numpy's would wait for another

# spaCy looks through all entry points for each function of a pipeline; in a dict it finds those of a group at once.
catalogue.AVAILABLE_ENTRY_POINTS = {group: tuple(entry_points(group=group)) for group in entry_points().groups}

_PATIENCE = 30_000  # milliseconds; a wait ends as soon as what it waits for is there

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitActive, QtBot.waitExposed):
    (_wait.__kwdefaults__ or {})["timeout"] = _PATIENCE

# ``--hypothesis-profile=thorough`` looks much further, when there is time.
settings.register_profile("any machine", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("any machine"), max_examples=1000)
settings.load_profile("any machine")
