"""What else can be asked of texts, beside their words and their state: a small panel behind a button."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.form_rows import add_row, indent, rows
from gadget_trainer.ui.late import LateFrame
from gadget_trainer.ui.theme import UNIT

_LONGEST = 99_999_999

_OF_LABELS = (
    ("with_label", "Has a span of"),
    ("without_label", "Has no span of"),
    ("unsettled_label", "Done, but not for"),
)
_OF_CATEGORIES = (("with_category", "Category"), ("undecided_category", "Done, but not for the category"))
_OF_NAMES = (*_OF_LABELS, *_OF_CATEGORIES, ("source", "From the file"))
_OF_FACTS = (
    ("categorised", "Categories", ("with a category", "without a category")),
    ("flagged", "Flag", ("flagged", "not flagged")),
    ("noted", "Note", ("with a note", "without a note")),
    ("refused", "Refused spans", ("with refused spans", "without refused spans")),
)
_OF_LENGTH = (("shortest", "at least"), ("longest", "at most"))

_WORDS = {
    "with_label": "has {}",
    "without_label": "has no {}",
    "unsettled_label": "done, but not for {}",
    "with_category": "category {}",
    "undecided_category": "done, but not for the category {}",
    "source": "from {}",
    "shortest": "at least {:,} characters",
    "longest": "at most {:,} characters",
}

ASKED = (*(name for name, _ in _OF_NAMES), *(name for name, *_ in _OF_FACTS), "shortest", "longest")
"""The fields of a filter that the panel sets."""


def described(which: TextFilter) -> list[tuple[str, str]]:
    """What a filter asks in the panel's fields: each with the field's name."""
    given = [(name, getattr(which, name)) for name in ASKED]
    return [(name, _in_words(name, value)) for name, value in given if value not in (None, "")]


def without(which: TextFilter, name: str) -> TextFilter:
    """The filter with one field as if nothing was asked."""
    plain: dict[str, Any] = {one.name: one.default for one in fields(which)}
    return replace(which, **{name: plain[name]})


class FilterPanel(LateFrame):
    """A popup with a field for each question; every change counts at once."""

    changed = Signal(object)
    """The filter that is wanted now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filterPanel")
        self.setProperty("card", True)
        self._which = TextFilter()
        self._boxes: dict[str, QComboBox] = {}
        self._lengths: dict[str, QSpinBox] = {}
        parts = QWidget()
        self._form = rows(parts)
        self._form.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        for name, words in _OF_NAMES:
            self._add_box(name, words)
        for name, words, (yes, no) in _OF_FACTS:
            box = self._add_box(name, words)
            box.addItem(yes, True)
            box.addItem(no, False)
        self._add_lengths()
        self._nothing = QPushButton("Clear")
        self._nothing.setObjectName("clearFilters")
        self._nothing.setAccessibleName("Clear these filters")
        self._nothing.setProperty("quiet", True)
        self._nothing.clicked.connect(self._clear)
        self._form.addRow("", self._nothing)
        self.hold(parts)

    def open_at(self, place: QPoint, which: TextFilter, labels: Sequence[str], categories: Sequence[str] = ()) -> None:
        """Open at a place of the screen with what is asked now, and these labels and categories to choose from."""
        for name, _words in _OF_LABELS:
            self._offer(name, labels)
        for name, _words in _OF_CATEGORIES:
            self._offer(name, categories)
        for name in (*(name for name, _words in _OF_CATEGORIES), "categorised"):
            self._form.setRowVisible(self._boxes[name], bool(categories) or getattr(which, name) not in (None, ""))
        self._show(which)
        self.move(place)
        self.show()
        self._boxes["with_label"].setFocus()

    def offer_sources(self, files: Sequence[str]) -> None:
        """The files to choose from."""
        self._offer("source", files)
        self._show(self._which)

    def _show(self, which: TextFilter) -> None:
        self._which = which
        for name, box in self._boxes.items():
            value = getattr(which, name)
            if value and box.findData(value) < 0:
                box.addItem(str(value), value)
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(value)) if value not in (None, "") else 0)
        for name, length in self._lengths.items():
            with QSignalBlocker(length):
                length.setValue(getattr(which, name) or 0)

    def _offer(self, name: str, values: Sequence[str]) -> None:
        box = self._boxes[name]
        with QSignalBlocker(box):
            while box.count() > 1:
                box.removeItem(1)
            for value in values:
                box.addItem(value, value)

    def _add_box(self, name: str, words: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"filter:{name}")
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        box.addItem("any", None)
        box.currentIndexChanged.connect(self._tell)
        self._boxes[name] = box
        add_row(self._form, words, box)
        return box

    def _add_lengths(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for name, words in _OF_LENGTH:
            field = QSpinBox()
            field.setObjectName(f"filter:{name}")
            field.setAccessibleName(f"Length in characters, {words}")
            field.setRange(0, _LONGEST)
            field.setGroupSeparatorShown(True)
            field.setSpecialValueText("any")
            indent(field)
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._tell)
            self._lengths[name] = field
            row.addWidget(QLabel(words))
            row.addWidget(field, 1)
        add_row(self._form, "Characters", self._lengths["shortest"], both)

    @Slot()
    def _tell(self) -> None:
        asked: dict[str, Any] = {name: box.currentData() for name, box in self._boxes.items()}
        for name, _words in _OF_NAMES:
            asked[name] = asked[name] or ""
        asked |= {name: field.value() or None for name, field in self._lengths.items()}
        self._which = replace(self._which, **asked)
        self.changed.emit(self._which)

    @Slot()
    def _clear(self) -> None:
        for name in ASKED:
            self._which = without(self._which, name)
        self._show(self._which)
        self.changed.emit(self._which)


def _in_words(name: str, value: Any) -> str:
    for fact, _words, (yes, no) in _OF_FACTS:
        if name == fact:
            return yes if value else no
    return _WORDS[name].format(value)
