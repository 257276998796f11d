"""How a text with its spans looks.

From behind: the fill of the spans, what is selected, the text, the tags, the caret. Nothing is drawn that is not
in the region to paint.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import cut_tokens
from gadget_trainer.ui.text_view.colours import UNKNOWN, LabelColours, label_colours
from gadget_trainer.ui.text_view.geometry import Geometry, Visible
from gadget_trainer.ui.text_view.lines import Edge, Lines, Piece
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.stamps import Stamps
from gadget_trainer.ui.text_view.tags import Tag, place_other_tags, place_tags

_ROUND = 4.0
_SIDE = 1.5
_OUTSIDE = 3.0
_BAR = 2.0
# The teeth of an edge that cuts a token: how many, and how far each reaches out.
_TEETH = 5
_BITE = 2.0


class Painting:
    """Paints what is visible of a text."""

    def __init__(self, geometry: Geometry, marks: Marks) -> None:
        self._geometry = geometry
        self._marks = marks
        self.label_colours: Mapping[str, str] = {}
        self._stamps = Stamps()
        self._stamped_for = geometry.metrics
        # Finding room for names takes longer than painting them, and a moving mouse asks for them as well.
        self._placed: WeakKeyDictionary[Lines, tuple[list[Span], list[Tag]]] = WeakKeyDictionary()

    def paint(self, painter: QPainter, region: QRectF, palette: QPalette, *, focus: bool) -> None:
        """Paint the part ``region`` of the viewport."""
        if self._stamped_for is not self._geometry.metrics:
            self._stamped_for = self._geometry.metrics
            self._stamps.clear()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # At fractional scales the region ends between two pixels of the screen.
        painter.fillRect(region.adjusted(-1, -1, 1, 1), palette.base())
        for found in self._geometry.visible(region.top(), region.bottom()):
            painter.save()
            painter.translate(found.origin)
            self._paint_paragraph(painter, found, region.translated(-found.origin), palette)
            painter.restore()
        if focus:
            self._paint_caret(painter, palette)

    def _paint_paragraph(self, painter: QPainter, found: Visible, region: QRectF, palette: QPalette) -> None:
        lines, dark = found.lines, is_dark(palette)
        # The line above as well: a pill's pen reaches over its edge.
        for span in self._shown_spans(lines, lines.seen(region.top() - _OUTSIDE, region.bottom())):
            self._paint_pill(painter, lines, span, region, dark=dark)
            self._paint_cuts(painter, lines, span, palette)
        self._paint_hits(painter, lines, palette)
        self._paint_selection(painter, lines, palette)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        lines.draw(painter, QPointF(), region, palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(self._geometry.metrics.tag_font)
        for tag in self.tags(lines):
            if tag.rect.intersects(region):
                self._paint_tag(painter, tag, dark=dark)
        self._paint_other_reading(painter, lines, palette)

    def _shown_spans(self, lines: Lines, part: tuple[int, int] | None = None) -> list[Span]:
        """The spans of (a part of) a paragraph; the one whose edge is being dragged, where it would be."""
        start, end = part or (lines.start, lines.end)
        spans = self._marks.layer.between(start, end)
        held, resized = self._marks.span, self._marks.resized
        if held is None or resized is None:
            return spans
        moved = Span(*resized, held.label)
        others = [span for span in spans if span != held]
        return [*others, moved] if moved.touches(start, end) else others

    def tags(self, lines: Lines) -> list[Tag]:
        """The tags that stand above a paragraph's lines."""
        spans = self._shown_spans(lines)
        placed = self._placed.get(lines)
        if placed is None or placed[0] != spans:
            tags = place_tags(spans, lines, self._geometry.metrics, self._geometry.column)
            placed = self._placed[lines] = (spans, tags)
        return placed[1]

    def colours(self, label: str, *, dark: bool) -> LabelColours:
        """The colours of a label; one that is not known gets a grey."""
        return label_colours(self.label_colours.get(label, UNKNOWN), dark=dark)

    def _paint_pill(self, painter: QPainter, lines: Lines, span: Span, region: QRectF, *, dark: bool) -> None:
        colours, marks = self.colours(span.label, dark=dark), self._marks
        held = span == marks.span or (marks.resized is not None and (span.start, span.end) == marks.resized)
        pen = QPen(colours.tag, 2.0) if held else QPen(colours.stroke, 1.0)

        def pill(on: QPainter, rect: QRectF) -> None:
            on.setPen(pen)
            on.setBrush(colours.fill)
            on.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)

        kind = (self.label_colours.get(span.label, UNKNOWN), dark, held)
        top, bottom = region.top() - 1, region.bottom() + 1
        for piece in lines.pieces(span.start, span.end):
            if not (piece.rect.top() < bottom and piece.rect.bottom() > top):
                continue
            if piece.from_left or piece.from_right:
                painter.setPen(pen)
                painter.setBrush(colours.fill)
                _draw_pill(painter, piece)
            else:
                self._stamps.put(painter, piece.rect.adjusted(-_SIDE - 0.5, 0, _SIDE + 0.5, 0), kind, pill)
        if not marks.read_only and (held or span == marks.hovered):
            for edge in (lines.edge(span.start), lines.edge(span.end, end=True)):
                if edge is not None and lines.start <= span.end and span.start < lines.end:
                    _paint_grip(painter, edge, colours)

    def _paint_cuts(self, painter: QPainter, lines: Lines, span: Span, palette: QPalette) -> None:
        """Teeth at the edges that lie inside a token, told without their colour."""
        at_start, at_end = cut_tokens(self._marks.edges, span.start, span.end)
        cut = []
        if at_start and lines.start <= span.start < lines.end:
            cut.append(lines.edge(span.start))
        if at_end and lines.start < span.end <= lines.end:
            cut.append(lines.edge(span.end, end=True))
        for edge in cut:
            if edge is not None:
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.25))
                painter.drawPolyline(_teeth(edge))

    def _paint_hits(self, painter: QPainter, lines: Lines, palette: QPalette) -> None:
        """What was looked for: a faint ground, and a bar below it that is told without its colour."""
        accent = palette.color(QPalette.ColorRole.Highlight)
        faint = QColor(accent)
        faint.setAlphaF(0.22)
        for hit in self._marks.hits.between(lines.start, lines.end):
            for piece in lines.pieces(hit.start, hit.end):
                painter.fillRect(piece.rect, faint)
                painter.fillRect(piece.rect.adjusted(0, piece.rect.height() - _BAR, 0, 0), accent)

    def _paint_selection(self, painter: QPainter, lines: Lines, palette: QPalette) -> None:
        if self._marks.range is None or self._marks.resized is not None:
            return
        accent = palette.color(QPalette.ColorRole.Highlight)
        faint = QColor(accent)
        faint.setAlphaF(0.28)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(faint)
        for piece in lines.pieces(*self._marks.range):
            _draw_pill(painter, piece)

    def _paint_tag(self, painter: QPainter, tag: Tag, *, dark: bool) -> None:
        colours = self.colours(tag.span.label, dark=dark)
        rect = tag.rect if tag.text else QRectF(tag.rect.left(), tag.rect.bottom() - 4, tag.rect.width(), 4)

        def draw(on: QPainter, place: QRectF) -> None:
            on.setPen(Qt.PenStyle.NoPen)
            on.setBrush(colours.tag)
            on.drawRoundedRect(place.adjusted(-1, 0, 1, 0), 3, 3)
            on.setPen(colours.tag_text)
            on.drawText(place, Qt.AlignmentFlag.AlignCenter, tag.text)

        kind = (self.label_colours.get(tag.span.label, UNKNOWN), dark, tag.text)
        self._stamps.put(painter, rect, kind, draw)

    def _paint_other_reading(self, painter: QPainter, lines: Lines, palette: QPalette) -> None:
        """Outlines without a fill, dashed, so that they are told from the person's spans without their colour."""
        spans = self._marks.other.between(lines.start, lines.end)
        for span in spans:
            painter.setPen(self._dashed(span.label, palette))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for piece in lines.pieces(span.start, span.end):
                painter.drawRoundedRect(piece.rect.adjusted(-_OUTSIDE, -1, _OUTSIDE, _OUTSIDE + 1), _ROUND, _ROUND)
        for tag in self.other_tags(lines) if spans else ():
            painter.setPen(self._dashed(tag.span.label, palette))
            painter.setBrush(palette.base())
            painter.drawRoundedRect(tag.rect.adjusted(-1, 1, 1, -1), 3, 3)
            painter.drawText(tag.rect, Qt.AlignmentFlag.AlignCenter, tag.text)

    def other_tags(self, lines: Lines) -> list[Tag]:
        """The tags of the other reading that stand above a paragraph's lines."""
        spans = self._marks.other.between(lines.start, lines.end)
        return place_other_tags(spans, self.tags(lines), lines, self._geometry.metrics)

    def _dashed(self, label: str, palette: QPalette) -> QPen:
        pen = QPen(self.colours(label, dark=is_dark(palette)).tag, 1.5)
        pen.setDashPattern([3.0, 2.0])
        return pen

    def _paint_caret(self, painter: QPainter, palette: QPalette) -> None:
        # A selected span is itself the place where the person is.
        if not self._marks.text or self._marks.span is not None:
            return
        rect = self._geometry.caret_rect(self._marks.caret)
        width = max(1.0, self._geometry.metrics.text.height() / 14)
        painter.fillRect(QRectF(rect.left() - width / 2, rect.top(), width, rect.height()), palette.text())


def is_dark(palette: QPalette) -> bool:
    """Whether text is light on dark."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def _draw_pill(painter: QPainter, piece: Piece) -> None:
    """A pill in the painter's pen and brush; where its span goes on in another line, that side is left open."""
    left, right = 0 if piece.from_left else -_SIDE, 0 if piece.from_right else _SIDE
    rect = piece.rect.adjusted(left, 0.5, right, -0.5)
    if not piece.from_left and not piece.from_right:
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
        return
    outline = QPainterPath()
    if not piece.from_left:
        _half(outline, rect.right(), rect.left(), rect)
    elif not piece.from_right:
        _half(outline, rect.left(), rect.right(), rect)
    else:
        painter.fillRect(rect, painter.brush())
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    # Filling closes the outline, stroking leaves it open.
    painter.drawPath(outline)


def _half(path: QPainterPath, open_x: float, round_x: float, rect: QRectF) -> None:
    """A pill that is open at ``open_x`` and round at ``round_x``."""
    inward = _ROUND if round_x < open_x else -_ROUND
    path.moveTo(open_x, rect.top())
    path.lineTo(round_x + inward, rect.top())
    path.quadTo(round_x, rect.top(), round_x, rect.top() + _ROUND)
    path.lineTo(round_x, rect.bottom() - _ROUND)
    path.quadTo(round_x, rect.bottom(), round_x + inward, rect.bottom())
    path.lineTo(open_x, rect.bottom())


def _teeth(edge: Edge) -> QPolygonF:
    """A jagged line over an edge of a pill, from its top to its bottom."""
    step = (edge.bottom - edge.top - 1) / (2 * _TEETH)
    inner = edge.x + edge.outwards * (_SIDE - _BITE / 2)
    return QPolygonF(
        [
            QPointF(inner + edge.outwards * _BITE * (place % 2), edge.top + 0.5 + step * place)
            for place in range(2 * _TEETH + 1)
        ]
    )


def _paint_grip(painter: QPainter, edge: Edge, colours: LabelColours) -> None:
    """A handle on an edge that can be dragged."""
    middle = (edge.top + edge.bottom) / 2
    handle = QPainterPath()
    handle.addRoundedRect(QRectF(edge.x + edge.outwards * _SIDE - 2.5, middle - 6, 5, 12), 2.5, 2.5)
    painter.fillPath(handle, colours.tag)
    painter.strokePath(handle, QPen(colours.fill, 1.0))
