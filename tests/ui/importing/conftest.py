"""Pages without the window, which would look after what Python does meanwhile."""

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
    interpreter.spare_what_lives()  # spaCy and all tests: only what the test itself made is looked through
    yield
    interpreter.collect_new()
    interpreter.stop()
