"""How a file is read: format, encoding, offsets and overlaps, each as it was found, and to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from gadget_trainer.formats.encodings import CHOICES
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import OverlapRule
from gadget_trainer.formats.registry import readers
from gadget_trainer.ui.importing.draft import DraftFile
from gadget_trainer.ui.theme import UNIT

ONE_BY_ONE = "ask"
_RULES = (
    (OverlapRule.LONGEST, "Keep the longer span"),
    (OverlapRule.FIRST, "Keep the span that begins first"),
    (ONE_BY_ONE, "Decide one by one"),
)


class ReadingForm(QWidget):
    """Shows how the current file is read, and says what the person wants instead."""

    changed = Signal(str, object)
    """A field of :class:`FileChoice` and its new value."""
    one_by_one_changed = Signal(bool)
    """Whether overlaps are to be decided one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._format = _Row("importFormat", "Format", _titles(readers()), "Choose a format…")
        self._encoding = _Row("importEncoding", "Encoding", list(CHOICES.items()))
        self._offsets = _Row("importOffsets", "Offsets count", [(one, one.phrase) for one in Reading], "Not decided")
        self._overlaps = _Row("importOverlaps", "Where spans overlap", list(_RULES))
        self._notes = QLabel()
        self._notes.setObjectName("importNotes")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        self._notes.setProperty("second", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for row in (self._format, self._encoding, self._offsets, self._overlaps):
            column.addWidget(row)
            row.box.activated.connect(self._tell)
        column.addWidget(self._notes)

    def show_file(self, file: DraftFile | None) -> None:
        """Show how that file is read; what is not known yet stays as it was."""
        self.setEnabled(file is not None)
        glimpse = file.glimpse if file is not None else None
        if file is None or glimpse is None:
            return
        self._format.show_choice(file.choice.format_name or glimpse.choice.format_name)
        encoding = glimpse.encoding
        self._encoding.setVisible(encoding is not None)
        if encoding is not None:
            self._encoding.show_choice(file.choice.encoding or encoding.codec.removesuffix("-sig"))
            self._encoding.hint(_GUESS if encoding.guessed and file.choice.encoding is None else "")
        question = glimpse.question
        self._offsets.setVisible(question is not None)
        self._offsets.show_choice(file.choice.offsets)
        if question is not None:
            self._offsets.hint(question.evidence(file.choice.offsets) if file.choice.offsets is not None else "")
        self._overlaps.setVisible(glimpse.conflict_count > 0)
        self._overlaps.show_choice(ONE_BY_ONE if file.one_by_one else file.choice.overlaps)
        number = glimpse.conflict_count
        self._overlaps.hint("In 1 place." if number == 1 else f"In {number:,} places.")
        self._notes.setText("\n".join(f"• {note}" for note in glimpse.notes))
        self._notes.setVisible(bool(glimpse.notes))

    @Slot()
    def _tell(self) -> None:
        box = self.sender()
        value = str(box.currentData()) if isinstance(box, QComboBox) else ""
        if box is self._format.box:
            self.changed.emit("format_name", value)
        elif box is self._encoding.box:
            self.changed.emit("encoding", value)
        elif box is self._offsets.box:
            self.changed.emit("offsets", Reading(value))
        elif box is self._overlaps.box:
            self.one_by_one_changed.emit(value == ONE_BY_ONE)
            self.changed.emit("overlaps", OverlapRule.LONGEST if value == ONE_BY_ONE else OverlapRule(value))


_GUESS = "The file does not say it, so this is a guess. Look whether the letters in the texts are right."


class _Row(QWidget):
    """A choice with its name above it, and what is to be said of it below."""

    def __init__(self, name: str, words: str, choices: Sequence[tuple[str, str]], placeholder: str = "") -> None:
        super().__init__()
        heading = QLabel(words)
        heading.setProperty("second", True)
        self.box = QComboBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(words)
        self.box.setPlaceholderText(placeholder)
        # A long name must not make the column wide.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        for value, title in choices:
            self.box.addItem(title, value)
        self._hint = QLabel()
        self._hint.setObjectName(f"{name}:hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for widget in (heading, self.box, self._hint):
            column.addWidget(widget)

    def show_choice(self, value: str | None) -> None:
        """The value that holds now; none where that is open."""
        self.box.setCurrentIndex(-1 if value is None else self.box.findData(value))

    def hint(self, words: str) -> None:
        """What is to be said of it."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))


def _titles(formats: Sequence[Reader]) -> list[tuple[str, str]]:
    return sorted(((one.name, one.title) for one in formats), key=lambda pair: pair[1].casefold())
