"""The Annotate workspace: what a person does to texts becomes edits, and what edits change is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.category_choice import CategoryChoice
from gadget_trainer.ui.annotate.category_flow import CategoryFlow
from gadget_trainer.ui.annotate.hit_marks import HitMarks
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_flow import LabelFlow
from gadget_trainer.ui.annotate.label_keys import LabelKeys
from gadget_trainer.ui.annotate.label_panels import LabelPanels
from gadget_trainer.ui.annotate.label_walk import LabelWalk
from gadget_trainer.ui.annotate.match_walk import MatchWalk
from gadget_trainer.ui.annotate.matches_panel import MatchesPanel
from gadget_trainer.ui.annotate.mistake_bar import MistakeBar
from gadget_trainer.ui.annotate.page_layout import lay_out_page
from gadget_trainer.ui.annotate.span_changes import changed_place, span_changes
from gadget_trainer.ui.annotate.span_edits import SpanEdits
from gadget_trainer.ui.annotate.span_tools import SpanTools
from gadget_trainer.ui.annotate.spoken import Spoken
from gadget_trainer.ui.annotate.text_flow import TextFlow
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.annotate.text_pane import TextPane
from gadget_trainer.ui.annotate.text_steps import TextSteps
from gadget_trainer.ui.annotate.token_feed import TokenFeed
from gadget_trainer.ui.menus import ANNOTATE_ACTIONS, TEXT_ACTIONS
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy and spaCy behind these take longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.training.tokens import TokenSlice
    from gadget_trainer.ui.session import Session


class AnnotatePage(QWidget):
    """The table of texts, the labels and the text, working on one session."""

    failed = Signal(str)

    def __init__(self, session: "Session", actions: Actions, notice: NoticeBar, settings: TrainingSettings) -> None:
        """``settings`` say which pipeline's tokens spans snap to."""
        super().__init__()
        self._session = session
        self._actions = actions
        self._pipeline = (settings.base, settings.language, settings.splits)
        self._text: AnnotatedText | None = None
        self._edges = TokenEdges()
        self.list = TextList(session)
        self.labels = LabelBar(session, actions)
        self.pane = TextPane([actions["toggleFlag"], actions["markSkipped"], actions["markDone"]])
        self.mistakes = MistakeBar([actions[name] for name in ("takeModel", "keepMine", "nextMistake")])
        self._view = self.pane.view
        self.matches = MatchesPanel(session)
        self._feed = TokenFeed(settings, self)
        self._tools = SpanTools(session, self.pane, self.labels, actions, self)
        self._label_flow = LabelFlow(session, self.labels, notice, actions, self)
        self._spoken = Spoken(session, self._view, self)
        self._spans = SpanEdits(session, self._view, self.labels, self._label_flow, self._spoken, actions, self)
        self._categories = CategoryChoice(session, self.list, self._view, actions, self)
        categories = CategoryFlow(session, self._categories.bar, self.list, notice, actions, self)
        self._keys = LabelKeys(actions, (self._view, self.list.table), self)
        self._panels = LabelPanels(session, actions, notice, self._label_flow, categories, self.matches, self)
        self._walk = LabelWalk(session, self.labels, self.list, self._view, self)
        self._match_walk = MatchWalk(session, self.matches, self.list, self._view, self._show_beside, self)
        self._steps = TextSteps(session, self.list, actions, self)
        self._hits = HitMarks(self.list, self._view, self)
        self._text_flow = TextFlow(session, self.list, self.pane, actions, notice, self)
        self.pane.put_above(self._categories.shelf)
        lay_out_page(self, self.list, self.labels, self.mistakes, self.pane, self._panels.panels())
        self._connect()
        self._add_keys()
        self._colour_labels()
        self.list.reload()

    def set_text_size(self, points: float) -> None:
        """The size of the annotated text."""
        self._view.set_text_size(points)

    def use_tokenizer(self, settings: TrainingSettings) -> None:
        """Snap to the tokens of the pipeline that these settings train."""
        pipeline = (settings.base, settings.language, settings.splits)
        if pipeline != self._pipeline:
            self._pipeline = pipeline
            self._feed.use(settings)
            self._ask_for_tokens()

    @Slot(int)
    def show_text(self, text_id: int) -> bool:
        """Lead to a text; False where it is no longer in the project."""
        found = self.list.go_to(text_id)
        self._view.setFocus()
        return found

    def show_place(self, text_id: int, start: int, end: int, span: Span | None) -> bool:
        """Lead to a place in a text and select the span that is there, or else the tokens; False where it is gone."""
        self._view.setFocus()
        return self._show_beside(text_id, start, end, span)

    def _show_beside(self, text_id: int, start: int, end: int, span: Span | None) -> bool:
        """Show a place as ``show_place`` does, but leave the keys to whatever has them."""
        if not self.list.go_to(text_id):
            return False
        self._view.ensure_visible(start, end)
        if span is not None and self._view.shows(span):
            self._view.select_span(span)
        else:
            self._view.set_selection(start, end)
        return True

    def show_change(self, outcome: "Outcome") -> None:
        """Lead to the text that an edit changed, and to the place in it; a list below the text keeps the keys."""
        place = changed_place(outcome)
        if outcome.text_id is None:
            return
        if not any(panel.has_keys() for panel in self._panels.panels()):
            self._view.setFocus()
        if self.list.go_to(outcome.text_id) and place is not None:
            self._view.ensure_visible(*place)

    def finish(self) -> None:
        """End all threads."""
        for one in (self._feed, self._spans.settling, self._hits, self._panels, self.list, self._text_flow):
            one.finish()

    def focus_text(self) -> None:
        """Give the keys to the text."""
        self._view.setFocus()

    def enable_actions(self) -> None:
        """Switch on what can be done with the text that is shown."""
        self._actions.enable(*TEXT_ACTIONS, on=self._text is not None)
        self._actions.enable(*ANNOTATE_ACTIONS, on=True)
        self._actions.enable("takeModel", "keepMine", on=self.mistakes.asks())
        self._actions["nextMistake"].setEnabled(not self.mistakes.isHidden())
        self._enable_delete()

    def show_mistake(self, sentence: str, found: Span | None, *, asks: bool) -> None:
        """Say how the person and a model read the shown text, and draw what the model found; empty: no longer."""
        self.mistakes.tell(sentence, asks=asks)
        self._view.set_other_reading([found] if found is not None else [])
        self.enable_actions()

    def _connect(self) -> None:
        session, actions = self._session, self._actions
        self.list.chosen.connect(self._choose)
        session.texts_edited.connect(self._show_edit)
        session.labels_changed.connect(self._reload_text)
        session.categories_changed.connect(self._show_standing)
        self._spans.removable_changed.connect(self._enable_delete)
        self._spans.matches_requested.connect(self.matches.begin)
        self.labels.examples_requested.connect(self.matches.begin_examples)
        self.matches.place_requested.connect(self._show_match)
        self._panels.closed.connect(self.focus_text)
        self._panels.overview.texts_requested.connect(self.list.show_only)
        self._walk.place_requested.connect(self._show_span)
        self._tools.label_chosen.connect(self._spans.apply_label)
        self._tools.move_requested.connect(self._spans.move)
        self._feed.arrived.connect(self._take_tokens)
        self._feed.completed.connect(self._settle_spans)
        self._feed.failed.connect(self.failed)
        for name, slot in (
            ("addLabel", self._label_flow.add),
            ("changeLabel", self.labels.change_active),
            ("deleteLabel", self.labels.delete_active),
            ("findExamples", self.labels.find_examples_of_active),
            ("moveLabelLeft", self.labels.move_active_left),
            ("moveLabelRight", self.labels.move_active_right),
            ("nextOfLabel", self._walk.go_on),
            ("previousOfLabel", self._walk.go_back),
            ("find", self.list.focus_find),
        ):
            actions[name].triggered.connect(slot)

    def _add_keys(self) -> None:
        """Keys that are letters elsewhere work in the text and in the table only."""
        for action in self._actions.within_text():
            self._view.addAction(action)
            self.list.table.addAction(action)
        self._keys.take(self.labels.labels())
        self._keys.chosen.connect(self._spans.apply_label)
        self.labels.reloaded.connect(self._keys.take)

    # -- the text that is shown

    @Slot(object)
    def _choose(self, text_id: int | None) -> None:
        if text_id is not None and self._text is not None and text_id == self._text.id:
            return
        self._view.finish_clicks()
        self._show(None if text_id is None else self._session.project.read.text(text_id))

    def _show(self, annotated: AnnotatedText | None) -> None:
        if self._text is None and annotated is not None and not self.list.is_searching():
            self._view.setFocus()  # it had none while there was no text
        self._text = annotated
        self._spans.open_text(annotated)
        self.pane.show_text(annotated, project_has_texts=self._session.has_texts())
        self.enable_actions()
        if annotated is None:
            self._steps.take(None, flagged=False)
        else:
            self._show_standing()
            self._spoken.note_text(annotated, self.pane.state())
        self._hits.open_text()
        self._ask_for_tokens()

    def _ask_for_tokens(self) -> None:
        self._edges = TokenEdges()
        self._view.set_token_edges(self._edges)
        self._spans.use_edges(self._edges)
        if self._text is not None:
            self._feed.ask(self._text.text)

    @Slot(object)
    def _take_tokens(self, found: "TokenSlice") -> None:
        self._view.add_edges(found.token_starts, found.token_ends, found.end)

    @Slot()
    def _settle_spans(self) -> None:
        self._spans.settling.settle(self._feed.source)
        self._enable_delete()

    @Slot(object)
    def _show_edit(self, outcome: "Outcome") -> None:
        if self._text is None or self._text.id not in outcome.text_ids:
            return
        if any(one.table == "text" and "content" in (one.after or {}) for one in outcome.changes):
            self._show(self._session.project.read.text(self._text.id))
        elif outcome.bulk:
            self._reload_text()
        else:
            self._view.change_spans(*self._span_changes(outcome))
            self._enable_delete()
            self._show_standing()

    @Slot()
    def _reload_text(self) -> None:
        self._colour_labels()
        fresh = self._session.project.read.text(self._text.id) if self._text is not None else None
        if fresh is not None:
            self._view.set_spans(fresh.spans)
            self._show_standing()

    @Slot()
    def _show_standing(self) -> None:
        """Show the state and the flag as they are now."""
        standing = self._session.project.read.standing(self._text.id) if self._text is not None else None
        if self._text is not None and standing is not None:
            self.pane.show_state(standing, has_spans=bool(self._view.spans()))
            self._steps.take(self._text.id, flagged=standing.flagged)

    def _span_changes(self, outcome: "Outcome") -> tuple[list[Span], list[Span]]:
        """What an edit took from the shown text and gave to it; nothing where all of it is shown already."""
        if outcome.labels_changed or self._text is None:
            return [], []
        names = {label.id: label.name for label in self.labels.labels()}
        return span_changes(outcome, self._text.id, names)

    def _colour_labels(self) -> None:
        self._view.set_label_colours({label.name: label.colour for label in self.labels.labels()})

    # -- spans and places

    @Slot()
    def _enable_delete(self) -> None:
        """What can be removed is also what the tools beside the text are for."""
        span = self._spans.removable()
        self._actions["deleteSpan"].setEnabled(span is not None)
        self._tools.look_at(self._text, self._edges, span, takes_splits=self._feed.source.takes_splits())

    @Slot(int, int, int)
    def _show_match(self, text_id: int, start: int, end: int) -> None:
        self.show_place(text_id, start, end, None)

    @Slot(object, object)
    def _show_span(self, text_id: int, span: Span) -> None:
        self.show_place(text_id, span.start, span.end, span)
