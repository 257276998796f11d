"""The real window, with settings and documents of its own, on real projects."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot
from reader import Reader
from window_corpus import begin_project

from gadget_trainer.app import open_window
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.text_view import accessibility
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS
from gadget_trainer.ui.train import form

TEXTS = (
    AnnotatedText(
        "How to preorder the iPhone X", (Span(20, 28, "GADGET"),), TextState.DONE, source="a:1", complete=True
    ),
    AnnotatedText("The Pixel 6 camera is 😀 great, says Zoë", source="a:2"),
    AnnotatedText("Should I pay $1,000 for the iPhone X?\r\nOr wait for the Pixel 7?", source="a:3"),
    AnnotatedText("???", source="a:4"),
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["gadget-trainer", *STYLE_ARGUMENTS]


@pytest.fixture(scope="session", autouse=True)
def _what_is_installed_is_looked_for_once() -> Iterator[None]:
    """Each form asks all packages of the environment, a twentieth of what a window costs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("installed_pipelines", "languages"):
            patch.setattr(form, name, cache(getattr(form, name)))
        yield


@pytest.fixture(scope="session")
def _few_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("few") / "texts.gadget"
    project = begin_project(made)
    project.imports.add_texts(TEXTS, "a")
    project.close()
    return made


@pytest.fixture
def path(tmp_path: Path, _few_texts: Path) -> Path:
    """A project of a few texts, closed."""
    return Path(shutil.copy(_few_texts, tmp_path))


@pytest.fixture
def open_(qtbot: QtBot) -> Iterator[Callable[[Path | None], "Window"]]:
    """Opens windows, and closes them at the end."""
    opened: list[Window] = []

    def open_one(project: Path | None) -> Window:
        window = Window(open_window(project), qtbot)
        opened.append(window)
        return window

    yield open_one
    faults = [shown.toPlainText() for one in opened for shown in one.main.findChildren(QPlainTextEdit, "crashDetails")]
    for window in opened:
        window.main.close()
    QApplication.processEvents()
    busy = [thread for one in opened for thread in one.main.findChildren(QThread) if thread.isRunning()]
    for window in opened:
        window.main.deleteLater()
    # A window that stays makes every change of the palette slower.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not faults, "\n".join(faults)
    assert not busy, "something began to work after the window was closed"


@pytest.fixture
def window(open_: Callable[[Path | None], "Window"], path: Path) -> "Window":
    """The window on the project of a few texts, its tokens known."""
    window = open_(path)
    window.wait_for_tokens()
    return window


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told of the text, as it comes."""
    told: list[str] = []
    monkeypatch.setattr(accessibility, "QAccessible", Reader(told))
    return told


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type, str], Event]]:
    """Holds all calls of a method back until the Event is set that it gives."""
    gates: list[Event] = []

    def hold_back(owner: type, name: str) -> Event:
        gate, held = Event(), getattr(owner, name)
        gates.append(gate)

        def wait(this: object) -> object:
            assert gate.wait(30)
            return held(this)

        monkeypatch.setattr(owner, name, wait)
        return gate

    yield hold_back
    for gate in gates:
        gate.set()


@pytest.fixture
def slow_clicks(qapp: QApplication) -> Iterator[None]:
    """A third click can follow as late as you like."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(100_000)
    yield
    qapp.setDoubleClickInterval(before)


_Kind = TypeVar("_Kind", bound=QObject)


class Window:
    """The window as a person's hands and eyes have it: names, clicks, keys."""

    def __init__(self, main: QMainWindow, qtbot: QtBot) -> None:
        self.main = main
        self.qtbot = qtbot
        main.resize(1200, 800)
        self.activate()

    def activate(self) -> None:
        """Bring the window to the front, which no window manager does on the offscreen platform."""
        with self.qtbot.waitActive(self.main):
            self.main.activateWindow()

    def find(self, kind: type[_Kind], name: str) -> _Kind:
        found = self.main.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} {name}"
        return found

    def trigger(self, name: str) -> None:
        action = self.find(QAction, name)
        assert action.isEnabled(), f"{name} is switched off"
        action.trigger()

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} is switched off"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def view(self) -> TextView:
        return self.find(TextView, "textView")

    def spans(self) -> list[tuple[int, int, str]]:
        return [(span.start, span.end, span.label) for span in self.view.spans()]

    def wait_for_tokens(self) -> None:
        view = self.view
        self.qtbot.waitUntil(lambda: not view.is_provisional(), timeout=20_000)

    def point(self, start: int, end: int, *, last: bool = False) -> QPoint:
        """The middle of the left, or with ``last`` of the right character of the range.

        That of the right one is rounded up: less than the middle of a full stop, which may be five pixels wide, is less
        than a drag has to cover.
        """
        self.view.ensure_visible(start, end)
        middle = self.view.span_rects(*((end - 1, end) if last else (start, start + 1)))[0].center()
        return middle + QPoint(1, 0) if last else middle

    def drag(self, start: int, end: int, *, backwards: bool = False) -> None:
        """Press on the first character, move in steps, release on the last."""
        first, last = self.point(start, end), self.point(start, end, last=True)
        if backwards:
            first, last = last, first
        target = self.view.viewport()
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=first)
        for step in range(1, 5):
            QTest.mouseMove(target, first + (last - first) * step / 4)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=last)

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, modifier)

    def choose_text(self, row: int) -> None:
        """Click on a row of the table."""
        table = self.find(QTableView, "textTable")
        index = table.model().index(row, 1)
        table.scrollTo(index)
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())

    def notice(self) -> str:
        return self.find(NoticeBar, "notice").text()
