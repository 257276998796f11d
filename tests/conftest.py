"""What every test stands on: no screen, and patience on machines that are slow or busy."""

import gc
import os
import sys
from functools import cache
from importlib.metadata import entry_points
from typing import Any

import catalogue
import jinja2
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores: threads of numpy's would wait for another

# Where this is off, each process rewrites and compiles all tests and the program anew, which takes as long as a minute.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# spaCy looks through all entry points for each function of a pipeline; in a dict it finds those of a group at once.
catalogue.AVAILABLE_ENTRY_POINTS = {group: tuple(entry_points(group=group)) for group in entry_points().groups}

# spaCy compiles the template of its quickstart for each run.
jinja2.Environment.compile = cache(jinja2.Environment.compile)

_COMPILED = LRUCache(1000)
_make_engine = Engine.__init__


def _share_statements(engine: Engine, *arguments: Any, **options: Any) -> None:
    """SQLAlchemy compiles each statement once for an engine, and each test has projects of its own."""
    _make_engine(engine, *arguments, **options)
    engine._compiled_cache = _COMPILED


Engine.__init__ = _share_statements
# The dialect is a part of a statement's key.
DefaultDialect.__hash__ = lambda dialect: hash(type(dialect))
DefaultDialect.__eq__ = lambda dialect, other: type(dialect) is type(other)


def pytest_collection_finish() -> None:
    """Python's collector, which would look through all tests and all of spaCy many times, leaves out what lives now."""
    gc.collect()
    gc.freeze()


_PATIENCE = 30_000  # milliseconds; a wait ends as soon as what it waits for is there

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitActive, QtBot.waitExposed):
    (_wait.__kwdefaults__ or {})["timeout"] = _PATIENCE

# ``--hypothesis-profile=thorough`` looks much further, when there is time.
settings.register_profile("any machine", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("any machine"), max_examples=1000)
settings.load_profile("any machine")
