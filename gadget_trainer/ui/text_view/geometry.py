"""Where everything is in the viewport: the scroll position, and the way between points and characters.

The scroll position is held as a page and a distance into it, never as a distance from the top alone: when pages
above turn out taller than estimated, what the person reads stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gadget_trainer.ui.text_view.lines import Lines, Piece, Place
from gadget_trainer.ui.text_view.metrics import Metrics
from gadget_trainer.ui.text_view.pages import Pages

# Longer lines are hard to follow with the eye; at 12 points this is about 800 pixels.
_LETTERS_PER_LINE = 86
_NARROWEST = 120
_SIDE = 32
_ABOVE = 16
_BELOW = 48


@dataclass(frozen=True, slots=True)
class Visible:
    """A paragraph that is on screen, and where its top left corner is in the viewport."""

    lines: Lines
    origin: QPointF


class Geometry:
    """A text in a viewport of ``width`` and ``height`` logical pixels."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.width = 0
        self.height = 0
        self.pages = Pages("", metrics, _NARROWEST)
        self._anchor = 0
        self._into = -_ABOVE

    # -- the text and its column

    @property
    def column(self) -> int:
        """The width that lines are broken at."""
        widest = round(_LETTERS_PER_LINE * self.metrics.text.averageCharWidth())
        return max(_NARROWEST, min(widest, self.width - 2 * _SIDE))

    @property
    def left(self) -> int:
        """Where the column begins; it stands in the middle of a wide window."""
        return max(_SIDE, (self.width - self.column) // 2)

    def set_text(self, text: str) -> None:
        """Begin at the top of another text."""
        self.pages = Pages(text, self.metrics, self.column)
        self._anchor, self._into = 0, -_ABOVE
        self.settle()

    def reshape(self, metrics: Metrics, width: int, height: int) -> None:
        """Take another size of text or viewport; the line at the top stays there."""
        self.height = height
        if metrics is not self.metrics or width != self.width:
            first, offset_y = self._first_line()
            self.metrics, self.width = metrics, width
            if self.pages.metrics is not metrics or self.pages.width != self.column:
                self.pages.reshape(metrics, self.column)
            if first > 0:
                self._put(first, offset_y)
        self.settle()

    def _first_line(self) -> tuple[int, float]:
        """The first code point of the line at the top of the viewport, and that line's y."""
        found = self._paragraph_at(0.0)
        line = found.lines.line_at(-found.origin.y())
        offset = found.lines.line_range(line)[0]
        return offset, self.caret_rect(offset).top() - self.metrics.lane

    def _put(self, offset: int, y: float) -> None:
        """Scroll so that the cell of a code point's line stands at ``y``."""
        # Counted from the character's own page: no estimate stands between it and the scroll position.
        self._anchor = self.pages.page_of(offset)
        page = self.pages.page(self._anchor)
        paragraph = page.paragraph_of(offset)
        caret = page.lines(paragraph).caret(offset)
        self._into = round(page.tops[paragraph] + caret.top() - self.metrics.lane - y)
        self.settle()

    # -- scrolling

    @property
    def scroll(self) -> int:
        """How far the viewport's top is below the top of everything."""
        return _ABOVE + self.pages.top(self._anchor) + self._into

    @property
    def furthest_scroll(self) -> int:
        """The scroll position at which the end of the text is in sight."""
        return max(0, _ABOVE + self.pages.top(len(self.pages)) + _BELOW - self.height)

    def scroll_to(self, value: int) -> int:
        """Move the viewport's top to ``value``, and lay out what is seen there.

        Gives by how many pixels the text that was in sight has moved down.
        """
        first, before = self._anchor, self.page_y(self._anchor)
        index = self.pages.page_at(value - _ABOVE)
        into = value - _ABOVE - self.pages.top(index)
        if not self.pages.is_known(index) and into > 0:
            # The same share of the page, whatever its height turns out to be.
            share = into / max(1, self.pages.height(index))
            into = round(share * self.pages.page(index).height)
        self._anchor, self._into = index, into
        self.settle()
        return int(self.page_y(first) - before)

    def settle(self) -> None:
        """Lay out the pages in sight, and keep the scroll position inside the text."""
        # Every page that comes into sight can change how far there is to scroll: seldom more than once.
        for _ in range(8):
            self._anchor_at_top()
            self._lay_out_from_anchor()
            wanted = min(max(0, self.scroll), self.furthest_scroll)
            if wanted == self.scroll:
                break
            self._into += wanted - self.scroll

    def _anchor_at_top(self) -> None:
        """Make the page at the viewport's top the anchor, without moving anything that is in sight."""
        while self._into < 0 and self._anchor > 0:
            self._anchor -= 1
            self.pages.page(self._anchor)
            self._into += self.pages.height(self._anchor)
        while self._anchor + 1 < len(self.pages):
            self.pages.page(self._anchor)
            if self._into < self.pages.height(self._anchor):
                break
            self._into -= self.pages.height(self._anchor)
            self._anchor += 1

    def _lay_out_from_anchor(self) -> None:
        index, y = self._anchor, -self._into
        while index < len(self.pages) and y < self.height:
            self.pages.page(index)
            y += self.pages.height(index)
            index += 1

    def ensure_visible(self, start: int, end: int) -> None:
        """Scroll as little as needed to see ``start`` to ``end``; from afar, to a third of the height."""
        top, bottom = self._extent(start, end)
        if top >= 0 and bottom <= self.height:
            return
        tall = bottom - top > self.height
        if tall or bottom < -self.height or top > 2 * self.height:
            self._put(start, 0.0 if tall else min(self.height / 3, self.height - (bottom - top)))
        elif top < 0:
            self._put(start, 0.0)
        else:
            self._put(start, self.height - (bottom - top))

    def _extent(self, start: int, end: int) -> tuple[float, float]:
        """The top and the bottom of the cells of ``start`` to ``end``, in the viewport."""
        top = self.caret_rect(start).top() - self.metrics.lane
        last = self.caret_rect(max(start, end - 1))
        return top, last.bottom() + self.metrics.air

    # -- from characters to points

    def page_y(self, index: int) -> float:
        """The y of a page's top in the viewport."""
        return float(self.pages.top(index) - self.pages.top(self._anchor) - self._into)

    def paragraph_of(self, offset: int) -> Visible:
        """The paragraph that holds a code point, laid out, on screen or not."""
        index = self.pages.page_of(offset)
        page = self.pages.page(index)
        return self._at(index, page.paragraph_of(offset))

    def _at(self, index: int, paragraph: int) -> Visible:
        page = self.pages.page(index)
        lines = page.lines(paragraph)
        self.pages.note_height(index, page)
        return Visible(lines, QPointF(self.left, self.page_y(index) + page.tops[paragraph]))

    def visible(self, top: float, bottom: float) -> Iterator[Visible]:
        """The paragraphs between two heights of the viewport, in order."""
        index = self._anchor
        while index < len(self.pages) and self.page_y(index) < bottom:
            page, y = self.pages.page(index), self.page_y(index)
            paragraph = page.paragraph_at(top - y)
            while paragraph < len(page.paragraphs) and y + page.tops[paragraph] < bottom:
                if y + page.tops[paragraph + 1] > top:
                    yield self._at(index, paragraph)
                paragraph += 1
            index += 1

    def band(self, start: int, end: int) -> QRectF | None:
        """The lines that hold ``start`` to ``end``, over the whole width; None if they are out of sight."""
        below = self.pages.page_of(end) + 1
        if self.page_y(self.pages.page_of(start)) > self.height or self.page_y(below) < 0:
            return None
        top, bottom = self._extent(start, end)
        return QRectF(0.0, top, self.width, bottom - top).intersected(QRectF(0.0, 0.0, self.width, self.height))

    def caret_rect(self, offset: int) -> QRectF:
        """Where the caret before a code point stands in the viewport."""
        found = self.paragraph_of(offset)
        return found.lines.caret(offset).translated(found.origin)

    def paragraphs_from(self, offset: int) -> Iterator[Visible]:
        """The paragraph that holds a code point and those after it, on screen or not."""
        index = self.pages.page_of(offset)
        paragraph = self.pages.page(index).paragraph_of(offset)
        while index < len(self.pages):
            while paragraph < len(self.pages.page(index).paragraphs):
                yield self._at(index, paragraph)
                paragraph += 1
            index, paragraph = index + 1, 0

    def pieces(self, start: int, end: int) -> Iterator[tuple[Piece, QRectF]]:
        """The pieces of ``start`` to ``end``, and where they are in the viewport."""
        for found in self.paragraphs_from(start):
            if found.lines.start >= end:
                break
            for piece in found.lines.pieces(start, end):
                yield piece, piece.rect.translated(found.origin)

    # -- from points to characters

    def place_at(self, point: QPointF) -> Place:
        """The character at a point; outside the text the nearest one of the nearest line."""
        found = self._paragraph_at(point.y())
        line = found.lines.line_at(point.y() - found.origin.y())
        return found.lines.place(point.x() - found.origin.x(), line)

    def caret_at(self, point: QPointF) -> int:
        """The code point whose caret is nearest to a point, in the line that the point is in."""
        found = self._paragraph_at(point.y())
        line = found.lines.line_at(point.y() - found.origin.y())
        return min(self.place_at(point).caret, found.lines.caret_end(line))

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """The first and the last caret of the line in which the one before ``offset`` stands."""
        lines = self.paragraph_of(offset).lines
        line = lines.line_of(offset)
        return lines.line_range(line)[0], lines.caret_end(line)

    def _paragraph_at(self, y: float) -> Visible:
        self.pages.page(self.pages.page_at(self.scroll - _ABOVE + y))
        # Laying a page out can move the others: look again from the scroll position.
        index = self.pages.page_at(self.scroll - _ABOVE + y)
        page = self.pages.page(index)
        return self._at(index, page.paragraph_at(y - self.page_y(index)))
