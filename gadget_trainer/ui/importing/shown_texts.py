"""Texts of an import as they are shown: several below each other, or the readings of one side by side."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT

ShownText = tuple[str, Sequence[Span]]


def below_each_other(texts: Iterable[ShownText], said: Sequence[str] = ()) -> tuple[str, list[Span]]:
    """Several texts as one, each below a line with its number; the spans are moved with them.

    ``said`` is what stands beside the number of each, such as its categories.
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for number, (text, its_spans) in enumerate(texts, start=1):
        words = said[number - 1] if number <= len(said) else ""
        heading = f"– {number} – {words}".rstrip() + "\n"
        heading = heading if number == 1 else f"\n{heading}"
        shift = length + len(heading)
        spans += [Span(one.start + shift, one.end + shift, one.label) for one in its_spans]
        parts += heading, text
        length = shift + len(text)
    return "".join(parts), spans


def reading_view(name: str, words: str) -> TextView:
    """A text to look at."""
    view = TextView()
    view.setObjectName(name)
    view.setAccessibleName(words)
    view.set_read_only(True)
    return view


class Readings(QWidget):
    """Two or three readings side by side, of which the person chooses one."""

    chosen = Signal(int)
    """Which one, from the left; the first is 0."""

    def __init__(self, name: str, words: str, places: Sequence[str] = ("left", "right")) -> None:
        """``name``, with that of the place, is the parts' objectName; ``words`` stand on the buttons."""
        super().__init__()
        self._words = words
        self.sides = tuple(_Side(f"{name}:{place}", words) for place in places)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for side in self.sides:
            row.addWidget(side, 1)
            side.button.clicked.connect(self._choose)

    def show_side(self, which: int, heading: str, evidence: str, texts: Sequence[ShownText]) -> None:
        """What a side is called, what speaks for it, and its texts."""
        self.sides[which].show_reading(heading, evidence, *below_each_other(texts) if len(texts) > 1 else texts[0])

    def mark(self, which: int | None) -> None:
        """Which side was chosen."""
        for place, side in enumerate(self.sides):
            side.button.setText("✓ Chosen" if place == which else self._words)

    def look_at(self, start: int, end: int) -> None:
        """Bring that part of all texts into sight."""
        for side in self.sides:
            side.view.ensure_visible(start, end)

    @Slot()
    def _choose(self) -> None:
        pressed = self.sender()
        self.chosen.emit(next(place for place, side in enumerate(self.sides) if side.button is pressed))


class _Side(QFrame):
    """A reading with its button."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._heading = _label(f"{name}:heading")
        self._evidence = _label(f"{name}:evidence")
        self._evidence.setProperty("second", True)
        self.view = reading_view(f"{name}:view", "A reading of the text")
        self.button = QPushButton(words)
        self.button.setObjectName(name)
        self.button.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._heading)
        column.addWidget(self._evidence)
        column.addWidget(self.view, 1)
        column.addWidget(self.button)

    def show_reading(self, heading: str, evidence: str, text: str, spans: Sequence[Span]) -> None:
        self._heading.setText(heading)
        self._evidence.setText(evidence)
        self._evidence.setVisible(bool(evidence))
        self.button.setAccessibleName(f"{self.button.text()}: {heading}")
        self.view.set_text(text, spans)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
