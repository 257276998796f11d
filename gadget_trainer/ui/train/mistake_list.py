"""What the pipeline gets wrong, in groups, as a table of confusions and as a list; a click leads into the text."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.training.mistake_kinds import Decision, Kind
from gadget_trainer.training.mistakes import Mistakes, decision
from gadget_trainer.ui.alignment import LEFT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.mistake_groups import MistakeGroups
from gadget_trainer.ui.train.mistake_models import AnyMistake, ConfusionModel, MistakeModel, Pair
from gadget_trainer.ui.train.mistake_sources import MistakeSources
from gadget_trainer.ui.train.search_row import SearchRow
from gadget_trainer.ui.train.tables import WideColumn, score_table

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.ui.session import Session

_CONTEXT = 36
"""Characters of the place in its text that are shown before it is cut."""
_BEFORE = (
    "What the pipeline gets wrong on the held-out texts is listed here after a run, or for an earlier run that you "
    "choose under Runs."
)


class MistakeList(QWidget):
    """Shows the disagreements, which of them are decided, and which one the person wants to see."""

    mistake_requested = Signal(object)
    """A Mistake or a CategoryMistake was clicked, Enter was pressed on it, or it is the next one to be looked at."""
    train_again_requested = Signal()
    listed = Signal(object)
    """Other Mistakes are listed now; None: none any more."""

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._decisions: dict[AnyMistake, Decision] = {}
        self._pair: Pair | None = None
        self._current: AnyMistake | None = None
        self._running = False
        self._model = MistakeModel(self._decision)
        self._confusion = ConfusionModel()
        self._words = _words("mistakeCount")
        self._progress = _words("mistakesLookedAt")
        self._before = _BEFORE
        self._may_train_again = False
        self._sources = MistakeSources()
        self.groups = MistakeGroups()
        self.search = SearchRow()
        self._again = QPushButton("Train again")
        self._again.setObjectName("trainAgain")
        self._again.setAccessibleName("Train again with the same settings")
        self._lay_out()
        self._sources.chosen.connect(self._change_list)
        self.groups.chosen.connect(self._filter)
        self._table.clicked.connect(self._request)
        self._table.activated.connect(self._request)
        self._cells.clicked.connect(self._choose_cell)
        self._cells.activated.connect(self._choose_cell)
        self._again.clicked.connect(self.train_again_requested)
        self.forget()

    def follow(self, session: "Session") -> None:
        """Tick off what is decided in that project."""
        self._session = session
        session.texts_edited.connect(self._follow)

    def set_running(self, running: bool) -> None:  # as Qt's setters
        """Whether a run goes on: no other one can be begun then."""
        self._running = running
        self.search.setEnabled(not running)
        self._show_progress()

    def forget(self, words: str = "") -> None:
        """Show no run's mistakes: another one has begun; or was chosen, and ``words`` say what there is to say of its.

        What a search has doubts about stays.
        """
        self._before = words or _BEFORE
        self._may_train_again = bool(words)  # of an earlier run nobody knows what was changed since
        self._sources.forget_run()
        self._change_list()

    @Slot(str)
    def explain(self, sentence: str) -> None:
        """Say why the mistakes of the run can't be listed."""
        self._before = sentence
        self._words.setText(self._said())

    def show_mistakes(self, mistakes: Mistakes) -> None:
        """List the disagreements of a saved pipeline, or of a cross-validation."""
        for one in mistakes.all:
            self._decisions.pop(one, None)
        self._sources.take(mistakes)
        self._change_list()

    @property
    def _shown(self) -> Mistakes | None:
        return self._sources.shown()

    @Slot()
    def _change_list(self) -> None:
        """Another list is shown now."""
        self._current = None
        self._words.setText(self._said())
        self._show_all()
        self.listed.emit(self._shown)

    def _said(self) -> str:
        """What is listed; beside doubts also why no mistakes of the run are, where there is more to say than that."""
        if self._shown is None:
            return self._before
        alone = self._shown.cross_validated and len(self._sources.all()) == 1
        return " ".join([_sentence(self._shown), *[self._before] * (alone and self._before != _BEFORE)])

    @Slot()
    def show_next(self) -> bool:
        """Ask for the next mistake that is not decided, after the current one and then from the top."""
        rows = range(self._model.rowCount())
        current = -1 if self._current is None else self._model.row_of(self._current)
        begin = 0 if current is None else current + 1
        following = [*rows[begin:], *rows[:begin]]
        row = next((row for row in following if self._is_open(self._model.mistake(row)) and row != current), None)
        if row is None:
            return False
        self._table.selectRow(row)
        self._request(self._model.index(row, 0))
        return True

    @Slot(object)
    def note(self, mistake: AnyMistake) -> None:
        """A decision that changed no text."""
        self._decide_anew(frozenset({mistake.text_id}))

    @Slot(object)
    def _follow(self, outcome: "Outcome") -> None:
        self._decide_anew(outcome.text_ids)

    def _decide_anew(self, text_ids: frozenset[int]) -> None:
        """Look at what these texts say now."""
        concerned = [one for held in self._sources.all() for one in held.all if one.text_id in text_ids]
        if not concerned or self._session is None:
            return
        project = self._session.project
        kept = project.kept()
        texts = {text.id: text for text in project.read.texts(sorted({one.text_id for one in concerned}))}
        for one in concerned:
            self._decisions[one] = decision(one, texts.get(one.text_id), kept)
        self._model.repaint()
        self._show_progress()

    def _decision(self, mistake: AnyMistake) -> Decision:
        return self._decisions.get(mistake, Decision.OPEN)

    def _is_open(self, mistake: AnyMistake) -> bool:
        return self._decision(mistake) is Decision.OPEN

    # -- what is shown

    def _show_all(self) -> None:
        there = self._shown is not None and bool(self._shown.all)
        self._pair = None
        self.groups.show_counts(self._shown.kinds() if self._shown is not None else {})
        for widget in (self.groups, self._cells_side, self._table):
            widget.setVisible(there)
        self._table.setColumnHidden(4, self._shown is None or not self._shown.cross_validated)
        self._filter()

    @Slot()
    def _filter(self) -> None:
        """List those of the chosen group and cell."""
        kind = self.groups.kind()
        found = self._shown.all if self._shown is not None else ()
        self._show_cells(of_categories=kind is Kind.CATEGORY or all(one.kind is Kind.CATEGORY for one in found))
        chosen = [
            one
            for one in found
            if (kind is None or one.kind is kind) and (self._pair is None or one.labels == self._pair)
        ]
        self._model.show(chosen)
        self._show_progress()

    def _show_cells(self, *, of_categories: bool) -> None:
        """Count the confusions of labels, or those of categories: the one never meets the other."""
        shown = self._shown
        if shown is None:
            self._confusion.show(Counter(), Counter(), "")
        elif of_categories:
            self._confusion.show(shown.category_confusion(), shown.agreed_categories, "no category")
        else:
            self._confusion.show(shown.confusion(), shown.agreed, "no entity")
        self._fit_cells()

    def _show_progress(self) -> None:
        found = self._shown.all if self._shown is not None else ()
        decided = [self._decision(one) for one in found if not self._is_open(one)]
        self._progress.setText(f"{len(decided):,} of {len(found):,} looked at" if found else "")
        self._again.setVisible(bool(found) or self._may_train_again)
        # What was kept is what was trained on already.
        changed = self._may_train_again or any(said is not Decision.KEPT for said in decided)
        self._again.setEnabled(not self._running and changed)

    @Slot(QModelIndex)
    def _choose_cell(self, index: QModelIndex) -> None:
        """List what a cell counts; the same cell again, or one that counts nothing: all."""
        pair = self._confusion.pair(index)
        self._pair = pair if pair != self._pair and self._confusion.count(pair) else None
        if self._pair is None:
            self._cells.clearSelection()
        self._filter()

    @Slot(QModelIndex)
    def _request(self, index: QModelIndex) -> None:
        self._current = self._model.mistake(index.row())
        self.mistake_requested.emit(self._current)

    # -- the look

    def _lay_out(self) -> None:
        self._table = score_table(self._model, "mistakes", "Mistakes on the held-out texts")
        self._table.horizontalHeader().setDefaultAlignment(LEFT)
        WideColumn(self._table, 1, _CONTEXT)
        self._table.setWordWrap(False)
        self._table.setCursor(Qt.CursorShape.PointingHandCursor)
        self._cells_side = self._make_cells()
        tables = QHBoxLayout()
        tables.setSpacing(3 * UNIT)
        tables.addWidget(self._cells_side, 0, Qt.AlignmentFlag.AlignTop)
        tables.addWidget(self._table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        foot.addWidget(self._progress)
        foot.addWidget(self._again)
        foot.addStretch()
        foot.addWidget(self.search, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, UNIT, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._sources)
        whole.addWidget(self._words)
        whole.addWidget(self.groups)
        whole.addLayout(tables, 1)
        whole.addLayout(foot)

    def _make_cells(self) -> QWidget:
        self._cells = score_table(
            self._confusion, "confusionTable", "Confusions: yours in rows, the model’s in columns"
        )
        self._cells.setSelectionBehavior(self._cells.SelectionBehavior.SelectItems)
        self._cells.setSelectionMode(self._cells.SelectionMode.SingleSelection)
        self._cells.verticalHeader().show()
        self._cells.setCursor(Qt.CursorShape.PointingHandCursor)
        heading = _words("confusionHeading")
        heading.setText("Yours ↓   The model’s →")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(self._cells)
        return side

    def _fit_cells(self) -> None:
        """Just as large as its cells, up to a size from which on it is scrolled."""
        header, at_left = self._cells.horizontalHeader(), self._cells.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        wide = at_left.sizeHint().width() + header.length() + UNIT
        high = header.sizeHint().height() + at_left.length() + UNIT
        self._cells.setFixedSize(min(wide, 32 * UNIT), min(high, 24 * UNIT))


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("second", True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(name == "mistakeCount")
    return label


def _sentence(mistakes: Mistakes) -> str:
    """What was compared, and what came of it."""
    count, texts = len(mistakes.all), mistakes.texts
    which = "finished training texts" if mistakes.cross_validated else "held-out texts"
    before = f" {mistakes.decided:,} that you decided before are left out." if mistakes.decided else ""
    if mistakes.unread:
        noun = "text that was" if mistakes.unread == 1 else "texts that were"
        before += f" {mistakes.unread:,} {noun} edited or finished since the run can't be compared."
    if not texts and mistakes.unread:
        return before.strip()
    if not texts:
        return "No text was held out, so there is nothing to compare with."
    if not count:
        return f"No mistake on {texts:,} {which}.{before}"
    if mistakes.cross_validated:
        noun = "annotation is" if count == 1 else "annotations are"
        return f"{count:,} {noun} in doubt in {texts:,} {which}, the surest doubts first. Click one to see it.{before}"
    noun = "mistake" if count == 1 else "mistakes"
    return f"{count:,} {noun} on {texts:,} {which}. Click one to see it: either of you may be wrong.{before}"
