"""How a file is read: format, encoding, offsets, gaps and overlaps, each as it was found, and to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from gadget_trainer.formats.encodings import CHOICES
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.gaps import GapRule
from gadget_trainer.formats.mismatches import MismatchRule, OutsideRule
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import OverlapRule
from gadget_trainer.formats.preview import Glimpse
from gadget_trainer.formats.reading import FileChoice
from gadget_trainer.formats.registry import readers
from gadget_trainer.formats.tables import Columns
from gadget_trainer.ui.importing.choice_row import ChoiceRow
from gadget_trainer.ui.importing.columns_form import ColumnsForm
from gadget_trainer.ui.importing.draft import DraftFile
from gadget_trainer.ui.theme import UNIT

ONE_BY_ONE = "ask"
_RULES = (
    (OverlapRule.LONGEST, "Keep the longer span"),
    (OverlapRule.FIRST, "Keep the span that begins first"),
    (ONE_BY_ONE, "Decide one by one"),
)
_GAPS = (
    (GapRule.PARTS, "Take each part as a span"),
    (GapRule.COVER, "Cover the gap as well"),
    (GapRule.FIRST, "Take the first part alone"),
    (GapRule.LEAVE_OUT, "Leave the span out"),
)
_MISMATCH_RULES = (
    (MismatchRule.OFFSETS, "Take the offsets"),
    (MismatchRule.WORDS, "Take the nearest place of the words"),
    (MismatchRule.LEAVE_OUT, "Leave these spans out"),
)
_OUTSIDE_RULES = ((OutsideRule.REFUSE, "Refuse the file"), (OutsideRule.LEAVE_OUT, "Leave these spans out"))


class ReadingForm(QWidget):
    """Shows how the current file is read, and says what the person wants instead."""

    changed = Signal(str, object)
    """A field of :class:`FileChoice` and its new value."""
    one_by_one_changed = Signal(bool)
    """Whether overlaps are to be decided one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._format = ChoiceRow("importFormat", "Format", _titles(readers()), "Choose a format…")
        self._encoding = ChoiceRow("importEncoding", "Encoding", list(CHOICES.items()))
        self._columns = ColumnsForm()
        self._offsets = ChoiceRow(
            "importOffsets", "Offsets count", [(one, one.phrase) for one in Reading], "Not decided"
        )
        self._gaps = ChoiceRow("importGaps", "Where a span has a gap", list(_GAPS))
        self._mismatches = ChoiceRow(
            "importMismatches", "Where words and offsets differ", list(_MISMATCH_RULES), "Not decided"
        )
        self._outside = ChoiceRow("importOutside", "Spans outside their texts", list(_OUTSIDE_RULES))
        self._overlaps = ChoiceRow("importOverlaps", "Where spans overlap", list(_RULES))
        self._notes = QLabel()
        self._notes.setObjectName("importNotes")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        self._notes.setProperty("second", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        rules = (self._mismatches, self._outside, self._gaps, self._overlaps)
        self._rows = (self._format, self._encoding, self._offsets, *rules)
        column.addWidget(self._format)
        column.addWidget(self._encoding)
        column.addWidget(self._columns)
        for row in self._rows[2:]:
            column.addWidget(row)
        self._columns.changed.connect(self._tell_columns)
        for row in self._rows:
            row.box.activated.connect(self._tell)
        column.addWidget(self._notes)

    def show_file(self, file: DraftFile | None, *, renamed: bool = False) -> None:
        """Show how that file is read; what is not known yet stays as it was.

        ``renamed`` says whether labels are to be called otherwise than in the files, or left out.
        """
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
        self._columns.show_columns(file.choice.columns or glimpse.columns)
        question = glimpse.question
        self._offsets.setVisible(question is not None)
        self._offsets.show_choice(file.choice.offsets)
        if question is not None:
            self._offsets.hint(question.evidence(file.choice.offsets) if file.choice.offsets is not None else "")
        self._gaps.setVisible(glimpse.gaps > 0)
        self._gaps.show_choice(file.choice.gaps)
        self._gaps.hint("1 span has one." if glimpse.gaps == 1 else f"{glimpse.gaps:,} spans have one.")
        self._show_mismatches(file.choice, glimpse)
        self._overlaps.setVisible(glimpse.conflict_count > 0)
        self._overlaps.show_choice(ONE_BY_ONE if file.one_by_one else file.choice.overlaps)
        self._overlaps.hint(_places(glimpse.conflict_count, renamed=renamed))
        self._notes.setText("\n".join(f"• {note}" for note in file.notes))
        self._notes.setVisible(bool(file.notes))

    def _show_mismatches(self, choice: FileChoice, glimpse: Glimpse) -> None:
        self._mismatches.setVisible(glimpse.mismatch_count > 0)
        self._mismatches.show_choice(choice.mismatches)
        self._mismatches.hint(f"{counted(glimpse.mismatch_count, 'span')}{'' if glimpse.complete else ' so far'}.")
        self._outside.setVisible(glimpse.outside_count > 0 or choice.outside is OutsideRule.LEAVE_OUT)
        self._outside.show_choice(choice.outside)

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
        elif box is self._gaps.box:
            self.changed.emit("gaps", GapRule(value))
        elif box is self._mismatches.box:
            self.changed.emit("mismatches", MismatchRule(value))
        elif box is self._outside.box:
            self.changed.emit("outside", OutsideRule(value))
        elif box is self._overlaps.box:
            self.one_by_one_changed.emit(value == ONE_BY_ONE)
            self.changed.emit("overlaps", OverlapRule.LONGEST if value == ONE_BY_ONE else OverlapRule(value))

    @Slot(object)
    def _tell_columns(self, columns: Columns) -> None:
        self.changed.emit("columns", columns)


_GUESS = "The file does not say it, so this is a guess. Look whether the letters in the texts are right."


def _places(number: int, *, renamed: bool) -> str:
    where = "In 1 place" if number == 1 else f"In {number:,} places"
    return f"{where}, before labels are renamed or left out." if renamed else f"{where}."


def _titles(formats: Sequence[Reader]) -> list[tuple[str, str]]:
    return sorted(((one.name, one.title) for one in formats), key=lambda pair: pair[1].casefold())
