"""What a person has marked in the text: the caret, a selection, a span.

Mouse and keyboard both change this, and the view paints it; neither knows the other. Nothing here changes a span:
what the person wants is asked for, and the project decides.
"""

from PySide6.QtCore import QObject, Signal

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, snap, snap_to_characters, token_at
from gadget_trainer.ui.text_view.layer import SpanLayer


class Marks(QObject):
    """The caret, the selection and the selected span of one text (code points)."""

    changed = Signal()
    """Something looks different now."""
    selection_changed = Signal()
    span_selected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read_only = False
        self.character_mode = False
        """Whether characters are selected, and edges moved by them, instead of by tokens."""
        self.reset("", SpanLayer())

    def reset(self, text: str, layer: SpanLayer) -> None:
        """Begin with another text, in which nothing is marked."""
        self.text = text
        self.layer = layer
        self.other = SpanLayer()
        """Another reading of the text, a model's, that is drawn beside the spans. Nobody can take hold of it."""
        self.hits = SpanLayer()
        """Places that were looked for; their labels are empty."""
        self.edges = TokenEdges()
        self.caret = 0
        self._anchor = 0
        self._range: tuple[int, int] | None = None
        self._span: Span | None = None
        self._hovered: Span | None = None
        self.resized: tuple[int, int] | None = None
        """Where the selected span would be if its edge were let go now."""

    # -- the selection

    @property
    def range(self) -> tuple[int, int] | None:
        """The selected code points: whole tokens, or by character whole characters, without spaces at the edges."""
        return self._range

    def snapped(self, start: int, end: int, *, by_character: bool = False) -> tuple[int, int] | None:
        """The whole tokens that a range touches; its whole characters, in character mode or when asked for."""
        if by_character or self.character_mode:
            return snap_to_characters(self.text, start, end)
        return snap(self.text, self.edges, start, end)

    def select(self, start: int, end: int, *, by_character: bool = False) -> None:
        """Select whole tokens or characters, in place of anything else."""
        self._set(self.snapped(start, end, by_character=by_character) if start != end else None)

    def select_token(self, offset: int) -> None:
        """Select the token that holds a code point, in character mode too."""
        self._set(snap(self.text, self.edges, *token_at(self.text, self.edges, offset)))

    def sweep(self, anchor: int, caret: int, covered: tuple[int, int] | None, *, by_character: bool = False) -> None:
        """Select whole tokens or characters of what a drag covers, which goes from ``anchor`` to ``caret``."""
        self.select_span(None)
        self._anchor, self.caret = anchor, caret
        self._set(self.snapped(*covered, by_character=by_character) if covered else None)

    def _set(self, found: tuple[int, int] | None) -> None:
        if found is not None:
            self.select_span(None)
        if found != self._range:
            self._range = found
            self.selection_changed.emit()
        self.changed.emit()

    def move_caret(self, offset: int, *, extend: bool = False, by_character: bool = False) -> None:
        """Put the caret somewhere; extending, the selection goes from where it was before."""
        self.caret = min(max(offset, 0), len(self.text))
        if extend:
            self.select(*sorted((self._anchor, self.caret)), by_character=by_character)
        else:
            self._anchor = self.caret
            self._set(None)

    # -- the selected span

    @property
    def span(self) -> Span | None:
        """The selected span."""
        return self._span

    def select_span(self, span: Span | None) -> None:
        """Select a span, in place of anything else; with None, none."""
        if span is not None:
            self.caret = self._anchor = span.start
            self._set(None)
        self.resized = None
        if span != self._span:
            self._span = span
            self.span_selected.emit(span)
            self.changed.emit()

    @property
    def marked(self) -> tuple[int, int] | None:
        """The code points of the selection, or else of the selected span."""
        return self._range or ((self._span.start, self._span.end) if self._span else None)

    @property
    def hovered(self) -> Span | None:
        """The span under the mouse, whose edges can be taken hold of."""
        return self._hovered

    def hover(self, span: Span | None) -> None:
        """Note the span under the mouse."""
        if span != self._hovered:
            self._hovered = span
            self.changed.emit()

    def show_resized(self, found: tuple[int, int] | None) -> None:
        """Show where a span would be if its edge were let go now."""
        if found != self.resized:
            self.resized = found
            self.changed.emit()

    def clear(self) -> bool:
        """Select nothing; give whether anything was selected."""
        marked = self._range is not None or self._span is not None
        self._set(None)
        self.select_span(None)
        return marked

    def let_go_of_the_gone(self) -> None:
        """Unmark spans that no longer exist, and a selection that has become a span."""
        if self._hovered is not None and self._hovered not in self.layer:
            self._hovered = None
        if self._span is not None and self._span not in self.layer:
            self.select_span(None)
        found = self._range
        if found and any((span.start, span.end) == found for span in self.layer.between(*found)):
            self._set(None)
