"""The heights of a long text, known where it was looked at and estimated elsewhere.

Only pages that are seen are laid out; the others are measured in the background, a few milliseconds at a time.
Heights are whole logical pixels, so that the scroll bar and the text always agree.
"""

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from time import perf_counter

from gadget_trainer.ui.text_view.lines import Lines
from gadget_trainer.ui.text_view.metrics import Metrics
from gadget_trainer.ui.text_view.paragraphs import (
    PAGE,
    continues_paragraph,
    page_starts,
    paragraphs_in,
    reads_right_to_left,
    shown,
)

# Enough for the tallest screen and some scrolling back; a page holds about 2,000 laid out characters.
_KEPT = 48


class Page:
    """The paragraphs from ``start`` to ``end``, laid out one by one when they are needed."""

    def __init__(self, text: str, start: int, end: int, metrics: Metrics, width: float) -> None:
        self.start = start
        self.end = end
        self.paragraphs = paragraphs_in(text, start, end)
        self._text = text
        self._metrics = metrics
        self._width = width
        self._laid: dict[int, Lines] = {}
        # A paragraph of less than half a line has one line, and needs no layout to know it.
        sure = width / (2 * metrics.text.averageCharWidth())
        heights = [
            metrics.cell if last - first <= sure and "\t" not in text[first:last] else self._lay(index).height
            for index, (first, last) in enumerate(self.paragraphs)
        ]
        self.tops = list(accumulate(heights, initial=0))

    @property
    def height(self) -> int:
        """The height of all paragraphs together."""
        return self.tops[-1]

    def lines(self, index: int) -> Lines:
        """A paragraph, laid out."""
        lines = self._laid.get(index) or self._lay(index)
        difference = lines.height - (self.tops[index + 1] - self.tops[index])
        if difference:
            # One line of very tall letters, which was taken for an ordinary one.
            self.tops[index + 1 :] = [top + difference for top in self.tops[index + 1 :]]
        return lines

    def paragraph_of(self, offset: int) -> int:
        """The index of the paragraph that holds a code point, or that its line break ends."""
        return max(0, bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph[0]) - 1)

    def paragraph_at(self, y: float) -> int:
        """The index of the paragraph at a height in the page; the first or last one outside."""
        return min(max(0, bisect_right(self.tops, y) - 1), len(self.paragraphs) - 1)

    def _lay(self, index: int) -> Lines:
        start, end = self.paragraphs[index]
        lines = self._laid[index] = Lines(
            self._text, start, end, self._metrics, self._width, right_to_left=self._direction(start, end)
        )
        return lines

    def _direction(self, start: int, end: int) -> bool:
        if start == self.start and continues_paragraph(self._text, start):
            # A later part of a long paragraph keeps the direction that its beginning has.
            beginning = max(self._text.rfind("\n", 0, start), self._text.rfind("\r", 0, start)) + 1
            return reads_right_to_left(self._text, beginning, min(end, beginning + PAGE))
        return reads_right_to_left(self._text, start, end)


class Pages:
    """A text cut into pages, with the place of each from the top."""

    def __init__(self, text: str, metrics: Metrics, width: float) -> None:
        self.text = text
        self.metrics = metrics
        self.width = width
        self._starts = page_starts(text)
        self._kept: OrderedDict[int, Page] = OrderedDict()
        self._heights: list[int] = []
        self._tops: list[int] | None = None
        self._known = bytearray()
        self._next_to_measure = 0
        self._estimate()

    def reshape(self, metrics: Metrics, width: float) -> None:
        """Lay the same text out in another size or width."""
        self.metrics, self.width = metrics, width
        self._estimate()

    def _estimate(self) -> None:
        sample = shown(self.text[:400])[0]
        advance = self.metrics.text.horizontalAdvance(sample) / max(1, len(sample))
        per_line = max(1.0, self.width / max(1.0, advance))
        text, starts = self.text, self._starts
        bounds = zip(starts, [*starts[1:], len(text)], strict=True)
        self._heights = [
            (1 + text.count("\n", start, end) + int((end - start) / per_line)) * self.metrics.cell
            for start, end in bounds
        ]
        self._kept.clear()
        self._tops = None
        self._known = bytearray(len(starts))
        self._next_to_measure = 0

    def __len__(self) -> int:
        return len(self._starts)

    def page(self, index: int) -> Page:
        """A page, laid out as far as its height needs."""
        page = self._kept.get(index)
        if page is None:
            page = self._kept[index] = self._make(index)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(index)
        self.note_height(index, page)
        return page

    def note_height(self, index: int, page: Page) -> None:
        """Take over the height that a page turned out to have."""
        self._known[index] = True
        if self._heights[index] != page.height:
            self._heights[index] = page.height
            self._tops = None

    def _make(self, index: int) -> Page:
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return Page(self.text, self._starts[index], end, self.metrics, self.width)

    def is_known(self, index: int) -> bool:
        """Whether a page's height was measured."""
        return bool(self._known[index])

    def height(self, index: int) -> int:
        """The height of a page, measured or estimated."""
        return self._heights[index]

    def top(self, index: int) -> int:
        """How far below the top of the text a page begins; for ``len(self)`` the height of it all."""
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops[index]

    def page_at(self, y: float) -> int:
        """The page at a height; the first or last one outside."""
        self.top(0)
        assert self._tops is not None  # noqa: S101 - top() made them
        return min(max(0, bisect_right(self._tops, y) - 1), len(self._starts) - 1)

    def page_of(self, offset: int) -> int:
        """The page that holds a code point."""
        return bisect_right(self._starts, offset) - 1

    def measure(self, seconds: float) -> bool:
        """Measure pages for about so long; give whether there are more to measure."""
        deadline = perf_counter() + seconds
        while self._next_to_measure < len(self._starts):
            index = self._next_to_measure
            self._next_to_measure += 1
            if not self._known[index]:
                self.note_height(index, self._make(index))
                if perf_counter() >= deadline:
                    break
        return self._next_to_measure < len(self._starts)
