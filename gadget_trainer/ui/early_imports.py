"""What a project needs is imported while the welcome page is looked at: opening one then takes a third of the time.

Most of the time of a first opening is Python's, which imports SQLAlchemy and the modules of the workspaces.
"""

from importlib import import_module
from threading import Event, Thread

_MODULES = (
    "sqlalchemy.dialects.sqlite",  # SQLAlchemy imports it by its name, with the first connection
    "gadget_trainer.corpus.project",
    "gadget_trainer.ui.workspaces",
)


class EarlyImports:
    """Imports in a thread of its own; whoever needs one of the modules meanwhile waits for that one."""

    def __init__(self) -> None:
        self._thread = Thread(target=self._work, name="early imports")
        self._ended = Event()

    def start(self) -> None:
        """Begin, once."""
        self._thread.start()

    def stop(self) -> None:
        """Import no further module; the one at which it is, is imported to its end."""
        self._ended.set()

    def _work(self) -> None:
        for name in _MODULES:
            if self._ended.is_set():
                return
            try:
                import_module(name)
            except Exception:  # whoever needs the module gets the same error, and says what it means
                return
