"""Pages without the window, which would look after what Python does meanwhile."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gadget_trainer.ui.interpreter import Interpreter


@pytest.fixture(autouse=True)
def _garbage_is_collected_in_this_thread(qapp: QApplication) -> Iterator[None]:
    """A page's own thread must not collect the pages of the tests before it."""
    holder = QObject()
    interpreter = Interpreter(holder)
    interpreter.start()
    yield
    interpreter.stop()
    gc.collect()
