"""The texts that a file would bring, with the questions that it leaves open: tabs at the right of the preview."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.mismatches import Mismatch, MismatchRule
from gadget_trainer.formats.offset_question import OffsetQuestion
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import Conflict
from gadget_trainer.formats.preview import part_around
from gadget_trainer.ui.alignment import LEFT
from gadget_trainer.ui.importing.draft import DraftFile, chosen_side
from gadget_trainer.ui.importing.shown_texts import Readings, below_each_other, reading_view
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import RecordModel
from gadget_trainer.ui.train.tables import score_table

_TEXTS, _OFFSETS, _MISMATCHES, _OVERLAPS = range(4)
_RULES = (
    (MismatchRule.OFFSETS, "Where the offsets say"),
    (MismatchRule.WORDS, "Where the words are"),
    (MismatchRule.LEAVE_OUT, "Left out"),
)


class Samples(QTabWidget):
    """Shows the first texts of a file, and what has to be decided: its offsets, spans beside their words, overlaps."""

    reading_chosen = Signal(object)
    """The :class:`Reading` of the offsets that is right."""
    rule_chosen = Signal(object)
    """The :class:`MismatchRule` that is right."""
    decided = Signal()
    """An overlap was decided."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importSamples")
        self.setDocumentMode(True)
        self._file: DraftFile | None = None
        self._readings: tuple[Reading, ...] = ()
        self._first = FirstTexts()
        self._offsets = Readings("importReading", "This is right")
        self._mismatches = Readings("importMismatch", "This is right", ("left", "middle", "right"))
        self._overlaps = Decisions()
        self.addTab(self._first, "First texts")
        self.addTab(self._offsets, "Offsets")
        self.addTab(self._mismatches, "Words")
        self.addTab(self._overlaps, "Overlaps")
        self._offsets.chosen.connect(self._choose_reading)
        self._mismatches.chosen.connect(self._choose_rule)
        self._overlaps.decided.connect(self.decided)

    def show_file(self, file: DraftFile | None, spans_of: Callable[[AnnotatedText], Sequence[Span]] | None) -> None:
        """Show a file; ``spans_of`` gives the spans of a text as the project is to have them."""
        is_other, self._file = file is not self._file, file
        glimpse = file.glimpse if file is not None else None
        if file is None or glimpse is None or spans_of is None:
            self._first.say("" if file is None else "The file is being read…")
            return
        if file.problem:
            self._first.say(file.problem)
        else:
            categories = [", ".join(one.categories) for one in glimpse.first]
            self._first.show_texts([(one.text, spans_of(one)) for one in glimpse.first], categories)
        self._show_question(glimpse.question, is_asked=file.is_asked)
        self._show_mismatches(glimpse.mismatches, file.choice.mismatches, is_asked=file.is_asked)
        self._overlaps.show_file(file, anew=is_other)
        self.setTabVisible(_OVERLAPS, file.one_by_one and bool(glimpse.conflicts))
        if file.is_asked:
            self.setCurrentIndex(_OFFSETS)
        elif file.is_mismatched:
            self.setCurrentIndex(_MISMATCHES)
        elif is_other:
            self.setCurrentIndex(_TEXTS)

    def show_overlaps(self) -> None:
        """The person wants to decide."""
        if self.isTabVisible(_OVERLAPS):
            self.setCurrentIndex(_OVERLAPS)

    def set_label_colours(self, colours: Mapping[str, str]) -> None:
        """The colour of each label."""
        for view in self._views():
            view.set_label_colours(colours)

    def set_text_size(self, points: float) -> None:
        """The size of the texts."""
        for view in self._views():
            view.set_text_size(points)

    def _views(self) -> list[TextView]:
        asking = (self._offsets.sides, self._mismatches.sides, self._overlaps.sides)
        return [self._first.view, *(side.view for sides in asking for side in sides)]

    def _show_question(self, question: OffsetQuestion | None, *, is_asked: bool) -> None:
        self.setTabVisible(_OFFSETS, question is not None)
        if question is None or self._file is None:
            return
        chosen = self._file.choice.offsets
        readings = [option.reading for option in question.options[:2]]
        if chosen is not None and chosen not in readings:
            readings[1] = chosen
        self._readings = tuple(readings)
        for place, reading in enumerate(readings):
            texts = [_part(one.text, one.spans[reading]) for one in question.disputed]
            self._offsets.show_side(place, f"Offsets count {reading.phrase}", question.evidence(reading), texts)
        self._offsets.mark(None if is_asked or chosen is None else readings.index(chosen))

    def _show_mismatches(self, mismatches: Sequence[Mismatch], chosen: MismatchRule | None, *, is_asked: bool) -> None:
        """What each rule makes of the same spans; ``is_asked`` says that another question comes first."""
        self.setTabVisible(_MISMATCHES, bool(mismatches) and not is_asked)
        if not mismatches:
            return
        found = sum(one.found is not None for one in mismatches)
        evidence = ("", f"Found for {found:,} of {len(mismatches):,} shown here; the others are left out.", "")
        for side, (rule, heading) in enumerate(_RULES):
            self._mismatches.show_side(side, heading, evidence[side], [_as_settled(one, rule) for one in mismatches])
        self._mismatches.mark(None if chosen is None else [rule for rule, _heading in _RULES].index(chosen))

    @Slot(int)
    def _choose_reading(self, side: int) -> None:
        self.reading_chosen.emit(self._readings[side])

    @Slot(int)
    def _choose_rule(self, side: int) -> None:
        self.rule_chosen.emit(_RULES[side][0])


class FirstTexts(QStackedWidget):
    """The first texts, or a sentence why there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.view = reading_view("importTexts", "The first texts of the file")
        self._sentence = QLabel()
        self._sentence.setObjectName("importProblem")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setContentsMargins(4 * UNIT, 4 * UNIT, 4 * UNIT, 4 * UNIT)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.addWidget(self.view)
        self.addWidget(self._sentence)

    def say(self, sentence: str) -> None:
        """There is nothing to show, for this reason."""
        self._sentence.setText(sentence)
        self.setCurrentWidget(self._sentence)

    def show_texts(self, texts: Sequence[tuple[str, Sequence[Span]]], said: Sequence[str]) -> None:
        """Show these, each with what is ``said`` of it; what is shown already stays where it was scrolled to."""
        text, spans = below_each_other(texts, said)
        if text != self.view.text():
            self.view.set_text(text, spans)
        else:
            self.view.set_spans(spans)
        self.setCurrentWidget(self.view)


class _ConflictModel(RecordModel[Conflict]):
    """A row a place where spans overlap."""

    def __init__(self) -> None:
        super().__init__()
        self.file: DraftFile | None = None
        self.columns = (
            ("Where", lambda one: one.where),
            ("Spans", _spans_in_words),
            ("Kept", self._kept),
        )

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """All of it is words."""
        return LEFT

    def _kept(self, conflict: Conflict) -> str:
        side = chosen_side(self.file, conflict) if self.file is not None else None
        return "the longer, if nobody decides" if side is None else _labels(conflict.readings()[side])


class Decisions(QWidget):
    """The overlaps of a file in a list, and below it both readings of the one that is selected."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _ConflictModel()
        self.table = score_table(self._model, "importConflicts", "Places where spans overlap")
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._both = Readings("importOverlap", "Keep this")
        self.sides = self._both.sides
        self._said = QLabel()
        self._said.setObjectName("importConflictsSaid")
        self._said.setProperty("second", True)
        self._said.setWordWrap(True)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setProperty("bare", True)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self._both)
        parts.setSizes([160, 320])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.addWidget(self._said)
        column.addWidget(parts, 1)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self._both.chosen.connect(self._decide)

    def show_file(self, file: DraftFile, *, anew: bool) -> None:
        """The overlaps of a file; ``anew`` begins at the first of them."""
        glimpse = file.glimpse
        conflicts = list(glimpse.conflicts) if glimpse is not None else []
        row = 0 if anew else max(self.table.currentIndex().row(), 0)
        self._model.file = file
        self._model.show(conflicts)
        if glimpse is not None:
            left = len(conflicts) - len(file.decided)
            more = glimpse.conflict_count - len(conflicts)
            rest = f" Of {more:,} more places, the longer span is kept." if more else ""
            self._said.setText(f"{left:,} of {len(conflicts):,} not decided: of those the longer span is kept.{rest}")
        if conflicts:
            self.table.setCurrentIndex(self._model.index(min(row, len(conflicts) - 1), 0))

    @Slot(QModelIndex, QModelIndex)
    def _show_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        file = self._model.file
        if not current.isValid() or file is None:
            return
        conflict = self._model.record(current.row())
        start = min(span.start for span in conflict.spans)
        end = max(span.end for span in conflict.spans)
        for place, spans in enumerate(conflict.readings()):
            shown = part_around(conflict.text, spans, start, end)
            self._both.show_side(place, _labels(spans), "", [shown])
        whole, moved = part_around(conflict.text, [Span(start, end, "")], start, end)
        if moved and whole:
            self._both.look_at(moved[0].start, moved[0].end)
        self._both.mark(chosen_side(file, conflict))

    @Slot(int)
    def _decide(self, side: int) -> None:
        file, current = self._model.file, self.table.currentIndex()
        if file is None or not current.isValid():
            return
        conflict = self._model.record(current.row())
        file.decided[conflict.key] = conflict.readings()[side]
        following = min(current.row() + 1, self._model.rowCount() - 1)
        self.table.setCurrentIndex(self._model.index(following, 0))
        self.decided.emit()


def _as_settled(mismatch: Mismatch, rule: MismatchRule) -> tuple[str, tuple[Span, ...]]:
    """The text around a span that does not fit it, with the span where the rule puts it; the same part for each."""
    places = [place for place in (mismatch.offsets, mismatch.found) if place is not None]
    start, end = min((place[0] for place in places), default=0), max((place[1] for place in places), default=0)
    taken = {MismatchRule.OFFSETS: mismatch.offsets, MismatchRule.WORDS: mismatch.found}.get(rule)
    spans = () if taken is None else (Span(*taken, mismatch.label),)
    return part_around(mismatch.text, spans, start, end)


def _part(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    start = spans[0].start if spans else 0
    return part_around(text, spans, start, start)


def _spans_in_words(conflict: Conflict) -> str:
    return ", ".join(f"{one.label} “{' '.join(conflict.text[one.start : one.end].split())}”" for one in conflict.spans)


def _labels(spans: Sequence[Span]) -> str:
    return ", ".join(span.label for span in spans) or "none of them"
