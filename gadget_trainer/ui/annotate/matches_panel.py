"""Label all matches: every place where words or examples stand, walked and decided by key or by mouse."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QCheckBox

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.annotate.bottom_panel import CLOSE, BottomPanel, ListKey, panel_button
from gadget_trainer.ui.annotate.match_model import WANTED, WORDS, MatchModel
from gadget_trainer.ui.annotate.match_table import match_table
from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.matches import Match, Sought, WantedExamples
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.ui.session import Session


class MatchesPanel(BottomPanel):
    """Finds the words of a selection, or the examples of labels, in all texts; accepts and refuses what it found."""

    place_requested = Signal(int, int, int)
    """The person wants to see a match: the text's id, start and end."""
    walked = Signal(object)
    """The person came to another Match by keys or by mouse."""
    left = Signal()
    """The list was closed while it had the keys."""

    def __init__(self, session: "Session") -> None:
        super().__init__("matches", "the matches")
        self._session = session
        self._sought: Callable[[], Sought] = lambda: self._examples_of(0)
        self._about = ""
        self._deciding = False
        self._choosing = False
        self._place: tuple[int, int] | None = None
        self._asks_again = False
        self.model = MatchModel()
        self._search = LatestSteps(self)
        self._make_parts()
        self._search.stepped.connect(self._take)
        self._search.failed.connect(session.failed)
        session.done.connect(self._note_edit)
        session.travelled.connect(self._go_where_changed)
        session.texts_came_or_went.connect(self.close_panel)

    @Slot(object, object)
    def begin(self, words: str, label: str) -> None:
        """Look for these words, to give them this label."""
        self._sought = lambda: self._selected(words, label)
        self._begin(with_labels=False)

    @Slot(object)
    def begin_examples(self, label: Label) -> None:
        """Look for all examples of this label, to give it to them."""
        self._begin_examples(label.id)

    @Slot()
    def begin_all_examples(self) -> None:
        """Look for all examples of all labels, to give each the label that it is an example of."""
        self._begin_examples(0)

    def _begin_examples(self, of: int) -> None:
        problem = self._examples_of(of).problem()
        if problem:
            self._session.failed.emit(problem)
        else:
            self._sought = lambda: self._examples_of(of)
            self._begin(with_labels=not of)

    def _begin(self, *, with_labels: bool) -> None:
        self.table.setColumnHidden(WANTED, not with_labels)
        self.table.horizontalHeader().setVisible(with_labels)
        self.open_panel()
        self._place = None
        self._look()
        self.table.setFocus()

    def finish(self) -> None:
        """End all threads."""
        self._search.finish()

    @Slot()
    def close_panel(self) -> None:
        """Look no further."""
        self._search.cancel()
        if self.table.hasFocus():
            self.left.emit()
        super().close_panel()

    # -- looking

    @Slot()
    def _look(self) -> None:
        sought = self._sought()
        if sought.problem():  # the label, or all examples, went while its matches were shown
            self.close_panel()
            return
        self._about = sought.about()
        self.model.clear()
        self.share.setValue(0)
        self.share.show()
        self._tell()
        self._search.ask(lambda: self._session.project.matches.find(sought))

    def _selected(self, words: str, label: str) -> "Sought":
        from gadget_trainer.corpus.matches import Wanted  # SQLAlchemy

        return Wanted(words, label, self._same_case.isChecked(), self._whole_words.isChecked())

    def _examples_of(self, of: int) -> "WantedExamples":
        """The examples of that label, or of all for 0, as they are now: they may have changed since it was opened."""
        from gadget_trainer.corpus.matches import WantedExamples  # SQLAlchemy

        examples = {one.name: one.examples for one in self._session.project.read.labels() if of in (0, one.id)}
        return WantedExamples(examples, self._same_case.isChecked(), self._whole_words.isChecked())

    @Slot(object)
    def _take(self, found: "tuple[float, list[Match]]") -> None:
        share, matches = found
        self.model.add(matches)
        self.share.setValue(round(share * 100))
        if share >= 1:
            self.share.hide()
        if not self.table.currentIndex().isValid():
            self._choosing = True
            self._choose(complete=share >= 1)
            self._choosing = False
        self._tell()

    def _choose(self, *, complete: bool) -> None:
        """Begin at the first match to decide; or go back to where the person was when the list was read anew."""
        row = None if self._place is None else self.model.row_from(*self._place)
        if row is not None and self._asks_again:
            self._go_on(row - 1)
        elif row is not None:
            self._go_to(row)
        elif self._place is None or complete:
            self._go_on(-1)

    @Slot()
    def _note_edit(self) -> None:
        """Something else was done or undone: what is there may be another."""
        if self.isVisible() and not self._deciding:
            row = self.table.currentIndex().row()
            if row >= 0:
                current = self.model.at(row)
                self._place, self._asks_again = (current.text_id, current.start), False
            self._look()

    @Slot(object)
    def _go_where_changed(self, outcome: "Outcome") -> None:
        """A decision was taken back, or done again: the list is read anew already, and begins there."""
        if outcome.text_id is not None:
            self._place, self._asks_again = (outcome.text_id, 0), True

    # -- deciding

    @Slot()
    def accept_current(self) -> None:
        """Label the current match, and go on to the next."""
        self._decide_current(refuse=False)

    @Slot()
    def refuse_current(self) -> None:
        """Refuse the current match for good, and go on to the next."""
        self._decide_current(refuse=True)

    @Slot()
    def accept_all(self) -> None:
        """Label all that nobody decided about, in one step."""
        rows = self.model.open_rows()
        if not rows:
            return
        matches = [self.model.at(row) for row in rows]
        room = self._session.project.matches
        doing = f"Labelling {len(rows):,} {'match' if len(rows) == 1 else 'matches'}"
        self._deciding = True
        self._session.do_steps(
            doing, len(rows), lambda: room.label_steps(matches), lambda done: self._note_labelled(rows, done=done)
        )

    def _decide_current(self, *, refuse: bool) -> None:
        row = self.table.currentIndex().row()
        if row < 0 or not self.model.at(row).is_open:
            return
        match, matches = self.model.at(row), self._session.project.matches
        if refuse:
            self._do(lambda: matches.refuse([match]))
            self.model.refuse([row])
        else:
            self._do(lambda: matches.label([match]))
            self.model.accept([row])
        self._go_on(row)
        self._tell()

    def _do(self, edit: "Callable[[], object]") -> None:
        self._deciding = True
        try:
            self._session.do(edit)  # type: ignore[arg-type]  # an Outcome or None, as the edits give
        finally:
            self._deciding = False

    def _note_labelled(self, rows: list[int], *, done: bool) -> None:
        self._deciding = False
        if done:
            self.model.accept(rows)
        self._tell()

    def _go_on(self, row: int) -> None:
        following = self.model.next_open(row)
        if following is None and row < 0 and self.model.rowCount():
            following = 0
        if following is not None:
            self._go_to(following)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row, WORDS)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _tell(self) -> None:
        open_, labelled, refused = self.model.counts()
        parts = [f"{open_:,} to decide", f"{labelled:,} labelled"] + ([f"{refused:,} refused"] if refused else [])
        self.said.setText(f"{self._about}: {', '.join(parts)}")
        self._accept_all.setEnabled(open_ > 0)
        self._accept_all.setText(f"Accept all {open_:,}" if open_ > 1 else "Accept all")

    @Slot(QModelIndex)
    def _note_row(self, index: QModelIndex) -> None:
        if index.isValid() and not self._choosing:
            self.walked.emit(self.model.at(index.row()))

    @Slot(QModelIndex)
    def _show_place(self, index: QModelIndex) -> None:
        match = self.model.at(index.row())
        self.place_requested.emit(match.text_id, match.start, match.end)

    KEYS: ClassVar[tuple[ListKey, ...]] = (
        ListKey(("Return", "Enter"), "label the match, and go on to the next", accept_current),
        ListKey(("Delete", "Backspace"), "refuse the match for good, and go on to the next", refuse_current),
        ListKey(("Ctrl+Return", "Ctrl+Enter"), "label all matches that are to be decided", accept_all),
        CLOSE,
    )

    # -- parts

    def _make_parts(self) -> None:
        self._same_case = _switch("Same case", "matchCase", on=False)
        self._whole_words = _switch("Whole words", "matchWords", on=True)
        self._same_case.toggled.connect(self._look)
        self._whole_words.toggled.connect(self._look)
        self.table = match_table(self.model)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._show_place)
        self.table.selectionModel().currentRowChanged.connect(self._note_row)
        self._accept = panel_button("Accept", "acceptMatch", "Give it the label (Enter)", self.accept_current)
        self._refuse = panel_button(
            "Refuse", "refuseMatch", "It is none, and is not asked again (Del)", self.refuse_current
        )
        self._accept_all = panel_button("Accept all", "acceptAllMatches", "In one step (Ctrl+Enter)", self.accept_all)
        above = (self._same_case, self._whole_words)
        self.arrange(above, self.table, (self._refuse, self._accept, self._accept_all))


def _switch(words: str, name: str, *, on: bool) -> QCheckBox:
    box = QCheckBox(words)
    box.setObjectName(name)
    box.setChecked(on)
    return box
