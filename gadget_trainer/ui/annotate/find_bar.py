"""Above the table of texts: what is looked for, and what is shown of it."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.annotate.filter_chips import FilterChips
from gadget_trainer.ui.annotate.filter_panel import FilterPanel, without
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_PAUSE = 150  # milliseconds after the last key until the texts are searched

_STATES: tuple[tuple[str, TextState | None, bool], ...] = (
    ("all texts", None, False),
    ("to do", TextState.TODO, False),
    ("done", TextState.DONE, False),
    ("skipped", TextState.SKIPPED, False),
    ("flagged", None, True),
)


class FindBar(QWidget):
    """Words, state, and the panel for the rest; together a filter."""

    changed = Signal()
    """Something else is looked for."""
    entered = Signal()
    """Enter was pressed: the words are typed."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._asked = TextFilter()
        self._picked: array[int] | None = None
        self._field = _find_field()
        self._states = _state_box()
        self._more = _more_button()
        self._panel = FilterPanel(self)
        self.chips = FilterChips()
        self._problem = QLabel()
        self._sources = LatestSteps(self)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        self._field.textChanged.connect(self._pause.start)
        self._field.returnPressed.connect(self._enter)
        self._states.currentIndexChanged.connect(self._tell)
        self._more.clicked.connect(self._open_panel)
        self._panel.changed.connect(self._ask)
        self.chips.removed.connect(self._lift)
        self.chips.all_requested.connect(self._show_all)
        self._sources.stepped.connect(self._panel.offer_sources)

    def filter(self) -> TextFilter:
        """What is looked for."""
        place = self._states.currentIndex()
        words = self._field.text()
        if place == len(_STATES):
            return replace(self._asked, words=words, only=tuple(self._picked or ()))
        _name, state, flagged = _STATES[place]
        return replace(self._asked, words=words, state=state, flagged=True if flagged else self._asked.flagged)

    def clear(self) -> None:
        """Look for all texts, without telling."""
        with QSignalBlocker(self._field), QSignalBlocker(self._states):
            self._field.clear()
            self._states.setCurrentIndex(0)
        self._asked = TextFilter()
        self._refresh()

    def look_for(self, which: TextFilter) -> None:
        """Look for what the panel can ask, and for nothing else."""
        self.clear()
        self._ask(which)

    def pick(self, text_ids: Sequence[int], name: str) -> None:
        """Look for just these texts, in this order, as a state of that name."""
        self.clear()
        with QSignalBlocker(self._states):
            if self._states.count() == len(_STATES):
                self._states.addItem(name)
            self._states.setItemText(len(_STATES), name)
            self._states.setCurrentIndex(len(_STATES))
        self._picked = array("q", text_ids)
        self._tell()

    def focus_field(self) -> None:
        """Type words."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot(str)
    def complain(self, sentence: str) -> None:
        """Say why nothing can be looked for."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def finish(self) -> None:
        """End all threads."""
        self._sources.finish()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self.complain("")
        self.chips.show_filter(self.filter())

    @Slot()
    def _enter(self) -> None:
        self._tell()
        self.entered.emit()

    @Slot(object)
    def _ask(self, which: TextFilter) -> None:
        self._asked = which
        self._tell()

    @Slot(str)
    def _lift(self, field: str) -> None:
        self._asked = without(self._asked, field)
        self._tell()

    @Slot()
    def _show_all(self) -> None:
        self.clear()
        self._tell()

    @Slot()
    def _open_panel(self) -> None:
        read = self._session.project.read
        labels = [label.name for label in read.labels()]
        categories = self._session.project.categories.scheme().names
        place = self._more.mapToGlobal(QPoint(0, self._more.height() + UNIT // 2))
        self._panel.open_at(place, self._asked, labels, categories)

        def sources() -> Iterator[object]:
            yield read.sources()

        self._sources.ask(sources)

    def _lay_out(self) -> None:
        self._problem.setObjectName("findProblem")
        self._problem.setProperty("problem", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setContentsMargins(UNIT, 0, UNIT, UNIT)
        self._problem.hide()
        top = QHBoxLayout()
        top.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        top.setSpacing(UNIT)
        top.addWidget(self._field, 1)
        top.addWidget(self._states)
        top.addWidget(self._more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.chips)
        whole.addWidget(self._problem)


def _find_field() -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("findField")
    field.setAccessibleName("Find in texts")
    field.setPlaceholderText("Find in texts")
    field.setToolTip(
        "Words, or beginnings of words: preorder iph\n"
        "Words that follow each other: “iPhone X”\n"
        "A regular expression: /iPhone [X\\d]+/ (with an i after it, in either case)"
    )
    field.setClearButtonEnabled(True)
    sign = QAction(field)
    put_icon(sign, "search", QPalette.ColorRole.PlaceholderText)
    field.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
    return field


def _state_box() -> QComboBox:
    box = QComboBox()
    box.setObjectName("statusFilter")
    box.setAccessibleName("Which texts are shown")
    for name, _state, _flagged in _STATES:
        box.addItem(name)
    return box


def _more_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("moreFilters")
    button.setAccessibleName("More filters")
    button.setToolTip("Filter by label, category, flag, file, note and length")
    button.setProperty("quiet", True)
    put_icon(button, "filter")
    return button
