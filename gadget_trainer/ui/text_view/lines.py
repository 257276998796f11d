"""One paragraph laid out in lines: where each character stands, and which character stands somewhere.

Offsets are code points of the whole text; UTF-16 units exist only in here, between the paragraph and Qt.
Coordinates are logical pixels from the paragraph's own top left corner.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.ui.text_view.metrics import Metrics
from gadget_trainer.ui.text_view.paragraphs import has_right_to_left, shown

_TAB_IN_SPACES = 4


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place that was pointed at: the character from ``offset`` to ``end``, and how far ``through`` it (0 to 1)."""

    offset: int
    through: float
    end: int

    @property
    def caret(self) -> int:
        """The edge of the character that is nearer."""
        return self.offset if self.through < 0.5 else self.end


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a range that stands in one line without a gap."""

    line: int
    rect: QRectF
    from_left: bool
    """Whether it comes from the line before or after, at its left side."""
    from_right: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a character begins or ends, and which way is out of it (-1 is left, 1 is right)."""

    line: int
    x: float
    top: float
    bottom: float
    outwards: int


class Lines:
    """A paragraph's text from ``start`` to ``end``, laid out at a width."""

    def __init__(self, text: str, start: int, end: int, metrics: Metrics, width: float, *, right_to_left: bool) -> None:
        self.start = start
        self.end = end
        self.right_to_left = right_to_left
        self._metrics = metrics
        display, odd = shown(text[start:end])
        self._offsets = Utf16Map(display)
        self._mixed = has_right_to_left(display)
        self._layout = QTextLayout(display, metrics.text_font)
        # Otherwise Qt shapes the text again for each painting and each question.
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_option(metrics, right_to_left=right_to_left))
        self._odd = odd
        self._cells: list[int] = []
        # Where each line begins, in UTF-16 units: asking Qt for it again and again costs more than a frame has.
        self._starts: list[int] = []
        self._rights: dict[int, float] = {}
        self.height = self._break_lines(width)
        self._pieces: dict[tuple[int, int], list[Piece]] = {}

    def _break_lines(self, width: float) -> int:
        metrics, top = self._metrics, 0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            above, below = metrics.tall(line.ascent(), line.descent())
            self._cells.append(top + above)
            self._starts.append(line.textStart())
            # Fallback fonts have other ascents: the baseline is what all lines share.
            baseline = top + above + metrics.lane + 1 + metrics.text.ascent()
            line.setPosition(QPointF(0.0, baseline - line.ascent()))
            top += metrics.cell + above + below
        self._layout.endLayout()
        return top

    def line_count(self) -> int:
        """How many lines the paragraph has; never less than one."""
        return len(self._cells)

    def line_of(self, offset: int) -> int:
        """The line in which the caret before ``offset`` stands."""
        return self._line_of_unit(self._unit(offset))

    def _line_of_unit(self, unit: int) -> int:
        return max(0, bisect_right(self._starts, unit) - 1)

    def seen(self, top: float, bottom: float) -> tuple[int, int]:
        """The code points that the lines between two heights hold."""
        last = self.line_at(bottom) + 1
        end = self._code_point(self._starts[last]) if last < len(self._starts) else self.end
        return self._code_point(self._starts[self.line_at(top)]), end

    def line_at(self, y: float) -> int:
        """The line whose cell is at ``y``; the first or last one outside."""
        return max(0, bisect_right(self._cells, y) - 1)

    def line_range(self, line: int) -> tuple[int, int]:
        """The code points at which a line starts and ends."""
        text_line = self._layout.lineAt(line)
        first = text_line.textStart()
        return self._code_point(first), self._code_point(first + text_line.textLength())

    def place(self, x: float, line: int) -> Place:
        """What stands at ``x`` in a line."""
        text_line = self._layout.lineAt(line)
        unit = text_line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        last = text_line.textStart() + text_line.textLength()
        if self.start == self.end or unit >= last:
            unit = max(text_line.textStart(), self._layout.previousCursorPosition(last)) if last else 0
        following = self._layout.nextCursorPosition(unit)
        leading = _x(text_line, unit, QTextLine.Edge.Leading)
        trailing = _x(text_line, unit, QTextLine.Edge.Trailing)
        through = (x - leading) / (trailing - leading) if trailing != leading else 0.0
        return Place(self._code_point(unit), min(1.0, max(0.0, through)), self._code_point(following))

    def _character_right_to_left(self, offset: int) -> bool:
        """Whether the character at ``offset`` is written from right to left."""
        if not self._mixed:
            return False
        unit = self._unit(offset)
        runs = self._layout.lineForTextPosition(unit).glyphRuns(unit, 1)
        return any(run.isRightToLeft() for run in runs)

    def caret_end(self, line: int) -> int:
        """The last caret that stands in a line: where it goes on, the one before its last character."""
        end = self.line_range(line)[1]
        return end if line + 1 == self.line_count() else self.next_caret(end, forward=False)

    def caret(self, offset: int) -> QRectF:
        """The place of the caret before ``offset``."""
        unit = self._unit(offset)
        line = self._layout.lineForTextPosition(unit)
        cell = self._cells[line.lineNumber()]
        return QRectF(_x(line, unit), cell + self._metrics.lane, 1.0, self._metrics.pill)

    def next_caret(self, offset: int, *, forward: bool) -> int:
        """The caret one character further or back, within the paragraph."""
        move = self._layout.nextCursorPosition if forward else self._layout.previousCursorPosition
        return self._code_point(move(self._unit(offset)))

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Where the characters from ``start`` to ``end`` stand, in reading order; a line may hold several."""
        key = (start, end)
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = self._find_pieces(start, end)
        return found

    def _find_pieces(self, start: int, end: int) -> list[Piece]:
        first, last = self._unit(max(start, self.start)), self._unit(min(end, self.end))
        if first >= last:
            return []
        lines = range(self._line_of_unit(first), self._line_of_unit(last - 1) + 1)
        pieces = []
        for number in lines:
            line = self._layout.lineAt(number)
            low = max(first, self._starts[number])
            high = min(last, self._starts[number + 1]) if number < lines[-1] else last
            goes_on = (number > lines[0] or start < self.start, number < lines[-1] or end > self.end)
            from_left, from_right = goes_on[::-1] if self.right_to_left else goes_on
            boxes = self._intervals(line, number, low, high)
            for index, (left, right) in enumerate(boxes):
                rect = QRectF(left, self._cells[number] + self._metrics.lane, right - left, self._metrics.pill)
                pieces.append(Piece(number, rect, from_left and index == 0, from_right and index == len(boxes) - 1))
        return pieces

    def edge(self, offset: int, *, end: bool = False) -> Edge | None:
        """Where the character at ``offset`` begins; with ``end``, where the one before ``offset`` ends."""
        if not self._mixed and not end:
            return self._beginning(offset)
        inside = self.next_caret(offset, forward=False) if end else offset
        pieces = self.pieces(inside, self.next_caret(inside, forward=True))
        if not pieces:
            return None
        piece, right_to_left = pieces[0], self._character_right_to_left(inside)
        rightmost = right_to_left != end
        x = piece.rect.right() if rightmost else piece.rect.left()
        return Edge(piece.line, x, piece.rect.top(), piece.rect.bottom(), 1 if rightmost else -1)

    def _beginning(self, offset: int) -> Edge | None:
        """Where the character at ``offset`` begins, in a paragraph that goes from left to right."""
        unit = self._unit(offset)
        if not self.start <= offset < self.end:
            return None
        number = self._line_of_unit(unit)
        top = self._cells[number] + self._metrics.lane
        return Edge(number, _x(self._layout.lineAt(number), unit), top, top + self._metrics.pill, -1)

    def _intervals(self, line: QTextLine, number: int, low: int, high: int) -> list[tuple[float, float]]:
        """Where the units from ``low`` to ``high`` stand in a line, from left to right."""
        if not self._mixed:
            # Spaces that hang over the end of a line are not drawn, so their pill isn't either.
            natural = self._rights.get(number)
            if natural is None:
                natural = self._rights[number] = line.naturalTextRect().right()
            left = _x(line, low)
            return [(left, max(min(_x(line, high), natural), left))]
        # Where the direction changes, cursorToX answers for the caret and would leave out a letter.
        boxes = sorted(
            (box.left(), box.right())
            for run in line.glyphRuns(low, high - low)
            if (box := run.boundingRect()).width() > 0
        )
        return _joined(boxes)

    def draw(self, painter: QPainter, origin: QPointF, clip: QRectF, faint: QColor) -> None:
        """Paint the text; stand-ins for odd characters in the colour ``faint``."""
        formats = self._stand_in_formats(faint) if self._odd else []
        self._layout.draw(painter, origin, formats, clip)

    def _stand_in_formats(self, faint: QColor) -> list[QTextLayout.FormatRange]:
        ranges = []
        for position in self._odd:
            found = QTextLayout.FormatRange()
            found.start = self._offsets.to_utf16(position)
            found.length = 1
            appearance = QTextCharFormat()
            appearance.setForeground(QBrush(faint))
            found.format = appearance
            ranges.append(found)
        return ranges

    def _unit(self, offset: int) -> int:
        return self._offsets.to_utf16(min(max(offset, self.start), self.end) - self.start)

    def _code_point(self, unit: int) -> int:
        return self.start + self._offsets.to_code_point(unit)


def _option(metrics: Metrics, *, right_to_left: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft)
    option.setTabStopDistance(_TAB_IN_SPACES * metrics.text.horizontalAdvance(" ") * 2)
    return option


def _x(line: QTextLine, unit: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """The x of a UTF-16 offset; PySide gives it together with the offset that it stands for."""
    x, _ = cast("tuple[float, int]", line.cursorToX(unit, edge))
    return x


def _joined(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Boxes that touch made into one: a pill has no seam between two fonts."""
    joined: list[tuple[float, float]] = []
    for left, right in boxes:
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
