"""One or two readings of a text: two views side by side that scroll together, differences marked by signs."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gadget_trainer.corpus.palette import CHOICES
from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.try_out.comparison import Difference, Entity


class Readings(QWidget):
    """Shows what was found; spans in which two readings differ carry a sign before their label."""

    def __init__(self) -> None:
        super().__init__()
        self._colours: dict[str, str] = {}
        self.view = _view("tryView", "Entities found")
        self.other_view = _view("tryOtherView", "Entities of the other reading")
        self._heading = _heading("tryHeading")
        self._other_heading = _heading("tryOtherHeading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * UNIT)
        # As wide as each other, so that their lines break alike and they scroll alike.
        row.addWidget(_card(self._heading, self.view), 1)
        self._other_card = _card(self._other_heading, self.other_view)
        row.addWidget(self._other_card, 1)
        self._following = False
        self.view.verticalScrollBar().valueChanged.connect(self._lead)
        self.other_view.verticalScrollBar().valueChanged.connect(self._lead_other)
        self.name_sides("", None)

    def name_sides(self, left: str, right: str | None) -> None:
        """What stands above the two; without a right side there is one view, and no heading."""
        self._heading.setText(left)
        self._heading.setVisible(right is not None)
        self._other_heading.setText(right or "")
        self._other_card.setVisible(right is not None)

    def set_text_size(self, points: float) -> None:
        """The size of both texts."""
        self.view.set_text_size(points)
        self.other_view.set_text_size(points)

    def set_label_colours(self, colours: Mapping[str, str]) -> None:
        """Show labels that the project has too in the project's colours."""
        self._colours = dict(colours)

    def show_one(self, text: str, spans: Sequence[Span], labels: Sequence[str]) -> None:
        """One reading; ``labels`` are those that it knows."""
        self._colour([*labels, *(span.label for span in spans)])
        self.view.set_text(text, spans)
        self.other_view.set_text("")

    def show_both(self, text: str, entities: Sequence[Entity], labels: Sequence[str]) -> None:
        """Two readings that were compared; ``labels`` are those that they know."""
        sides = [(entity.left, entity.right) for entity in entities]
        self._colour([*labels, *(span.label for pair in sides for span in pair if span is not None)])
        self.view.set_text(text, [_signed(one.left, one.difference) for one in entities if one.left])
        self.other_view.set_text(text, [_signed(one.right, one.difference) for one in entities if one.right])

    def show_place(self, entity: Entity) -> None:
        """Bring an entity into sight, and select it where it is shown."""
        for view, span in ((self.view, entity.left), (self.other_view, entity.right)):
            shown = None if span is None else _signed(span, entity.difference)
            if view.text():
                view.ensure_visible(entity.span.start, entity.span.end)
                view.select_span(shown if shown is not None and view.shows(shown) else None)

    def clear(self) -> None:
        """Show nothing."""
        self.view.set_text("")
        self.other_view.set_text("")

    def _colour(self, labels: Sequence[str]) -> None:
        """The project's colours, and others for labels that it doesn't have; a sign doesn't change the colour."""
        missing = [label for label in dict.fromkeys(labels) if label not in self._colours]
        free = [colour for colour in CHOICES if colour not in self._colours.values()] or list(CHOICES)
        colours = self._colours | {label: free[place % len(free)] for place, label in enumerate(missing)}
        signs = {difference.sign for difference in Difference if difference.sign}
        signed = {f"{sign} {label}": colour for sign in signs for label, colour in colours.items()}
        self.view.set_label_colours(colours | signed)
        self.other_view.set_label_colours(colours | signed)

    @Slot(int)
    def _lead(self, value: int) -> None:
        self._follow(self.other_view, value)

    @Slot(int)
    def _lead_other(self, value: int) -> None:
        self._follow(self.view, value)

    def _follow(self, view: TextView, value: int) -> None:
        if not self._following and self._other_card.isVisible():
            self._following = True
            view.verticalScrollBar().setValue(value)
            self._following = False


def _signed(span: Span, difference: Difference) -> Span:
    return Span(span.start, span.end, f"{difference.sign} {span.label}") if difference.sign else span


def _view(name: str, words: str) -> TextView:
    view = TextView()
    view.setObjectName(name)
    view.setAccessibleName(words)
    view.set_read_only(True)
    return view


def _heading(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("second", True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setContentsMargins(2 * UNIT, UNIT // 2, 2 * UNIT, 0)
    return label


def _card(heading: QLabel, view: TextView) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 6, 1, 6)  # within the card's round corners
    inside.setSpacing(0)
    inside.addWidget(heading)
    inside.addWidget(view, 1)
    return card
