"""The text view: a text with its spans, in which spans are made, chosen and changed by mouse or keyboard.

This is what the rest of the program asks of it. It never changes a span itself; it asks, and is given the result.
Offsets are code points of the text everywhere.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QRect, Slot

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens
from gadget_trainer.ui.text_view.accessibility import AccessibleText
from gadget_trainer.ui.text_view.layer import SpanLayer
from gadget_trainer.ui.text_view.paragraphs import whole_paragraph
from gadget_trainer.ui.text_view.surface import Surface

# From so many changed spans on, painting all that is in sight costs less than finding their lines.
_MANY = 50


class TextView(Surface):
    """Shows a text with its spans, and asks for spans to be made, resized and deleted."""

    # -- the text and its spans

    def set_text(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show another text from its top, with nothing selected and no tokens known yet."""
        before = self._marks.text
        self._mouse.cancel()
        self._marks.clear()
        self._marks.reset(text, SpanLayer(spans))
        self._geometry.set_text(text)
        self._scrolling.begin()
        self.viewport().update()
        if AccessibleText.is_heard():
            self.accessible_interface().tell_text(before)

    @Slot()
    def finish_clicks(self) -> None:
        """Ask at once for what two clicks wanted, without waiting for a third."""
        self._mouse.ask_now()

    def text(self) -> str:
        """The text as it was given, character for character."""
        return self._marks.text

    def spans(self) -> list[Span]:
        """The spans that are shown, in the order of their starts."""
        return list(self._marks.layer)

    def shows(self, span: Span) -> bool:
        """Whether this span is shown."""
        return span in self._marks.layer

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show these spans instead; what stays the same is not painted again."""
        self.change_spans(*self._marks.layer.difference(spans))

    def change_spans(self, removed: Iterable[Span], added: Iterable[Span]) -> None:
        """Take spans out and put others in, which is quick however many there are.

        Raises ValueError when a span that is to be removed is not shown.
        """
        removed, added = list(removed), list(added)
        if not removed and not added:
            return
        self.set_other_reading(())
        self._marks.layer.change(removed, added)
        self._marks.let_go_of_the_gone()
        self._repaint([*removed, *added])

    def set_other_reading(self, spans: Sequence[Span]) -> None:
        """Draw another reading, a model's, beside the spans, dashed, until the spans change or another text is shown.

        With no ``spans``, none is drawn.
        """
        gone, self._marks.other = list(self._marks.other), SpanLayer(spans)
        self._repaint([*gone, *spans])

    def set_hits(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark these places (start, end), which were looked for, until another text is shown."""
        gone, hits = list(self._marks.hits), [Span(start, end, "") for start, end in places]
        self._marks.hits = SpanLayer(hits)
        self._repaint([*gone, *hits])

    def hits(self) -> list[tuple[int, int]]:
        """The places that are marked as what was looked for."""
        return [(hit.start, hit.end) for hit in self._marks.hits]

    def other_reading(self) -> list[Span]:
        """The spans of the other reading that is drawn now."""
        return list(self._marks.other)

    def _repaint(self, spans: Sequence[Span]) -> None:
        """Paint the lines of these spans again, as far as they are in sight."""
        if len(spans) > _MANY:
            self.viewport().update()
            return
        for span in spans:
            band = self._geometry.band(span.start, span.end)
            if band is not None:
                self.viewport().update(band.toAlignedRect())

    def set_token_edges(self, edges: TokenEdges) -> None:
        """Snap to these tokens from now on; the view goes on with this object, so it can be extended."""
        self._marks.edges = edges

    def add_edges(self, starts: Sequence[int], ends: Sequence[int], covered_to: int = 0) -> None:
        """The tokens of the next slice of the text, up to ``covered_to``, have become known."""
        edges, known = self._marks.edges, self._marks.edges.covered_to
        edges.extend(starts, ends, covered_to)
        # Whether a span cuts tokens can be seen from now on.
        fresh = self._marks.layer.between(known, edges.covered_to)
        self._repaint([span for span in fresh if any(cut_tokens(edges, span.start, span.end))])

    def is_provisional(self) -> bool:
        """Whether the tokens of some of the text are still unknown, and words stand in for them."""
        return self._marks.edges.covered_to < len(self._marks.text)

    # -- what is marked

    def set_character_mode(self, on: bool) -> None:
        """Whether characters are selected instead of tokens, and the edges of spans moved by characters."""
        self._marks.character_mode = on

    def selection(self) -> tuple[int, int] | None:
        """The selected tokens, from start to end; None if there is no selection."""
        return self._marks.range

    def place(self) -> tuple[int, int]:
        """What is selected, be it a span, or else where the caret is, from start to end."""
        return self._marks.marked or (self._marks.caret, self._marks.caret)

    def set_selection(self, start: int, end: int) -> None:
        """Select the tokens that ``start`` to ``end`` touches."""
        self._marks.select(start, end)

    def clear_selection(self) -> None:
        """Select neither text nor a span."""
        self._marks.clear()

    def select_paragraph(self) -> None:
        """Select the paragraph that the caret is in."""
        self._marks.select(*whole_paragraph(self._marks.text, self._marks.caret))

    def copy(self) -> None:
        """Put the selection, or the words of the selected span, on the clipboard."""
        self._keys.copy()

    def selected_span(self) -> Span | None:
        """The span that was clicked or reached by Tab."""
        return self._marks.span

    def select_span(self, span: Span | None) -> None:
        """Select a span that is shown; with None, none. Raises ValueError for one that is not shown."""
        if span is not None and span not in self._marks.layer:
            raise ValueError(f"{span} is not shown")
        self._marks.select_span(span)

    # -- how it looks

    def set_label_colours(self, colours: Mapping[str, str]) -> None:
        """The colour of each label as ``#rrggbb``; labels that are not in there are grey."""
        self._painting.label_colours = dict(colours)
        self.viewport().update()

    def set_description(self, describe: Callable[[Span], str]) -> None:
        """What the tooltip of a span says, in plain text; asked when it is shown."""
        self._describe = describe

    def set_read_only(self, read_only: bool) -> None:
        """Whether text can be selected and copied, but no span asked for."""
        self._marks.read_only = read_only
        self.viewport().update()

    def text_size(self) -> float:
        """The size of the text in points."""
        return self._points

    def set_text_size(self, points: float) -> None:
        """The size of the text in points; the tags grow with it."""
        self._points = points
        self._reshape(metrics_changed=True)

    # -- where things are

    def span_rects(self, start: int, end: int) -> list[QRect]:
        """Where the text from ``start`` to ``end`` stands, in coordinates of the viewport, a piece a line."""
        return [rect.toAlignedRect() for _, rect in self._geometry.pieces(start, end)]

    def announce(self, text: str) -> None:
        """Have a screen reader say something that cannot be heard otherwise, such as that a span was added."""
        self.accessible_interface().announce(text)
