"""What is asked of a label and of a category alike: name, key, colour, what it means."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.label_names import normal_key
from gadget_trainer.corpus.palette import CHOICES
from gadget_trainer.corpus.records import Category, Label
from gadget_trainer.ui.theme import UNIT

_IN_A_ROW = 8


class ChoiceDialog(QDialog):
    """Asks for all that a label or a category is, of which ``kind`` says which."""

    def __init__(
        self,
        kind: str,
        title: str,
        choice: Label | Category,
        problem: Callable[[str, str], str],
        parent: QWidget | None,
        place_key: str,
    ) -> None:
        """``problem`` says what speaks against a name and a key, ``place_key`` is the key of the place in the row."""
        super().__init__(parent)
        self.setObjectName(f"{kind}Dialog")
        self.setWindowTitle(title)
        self._kind = kind
        self._problem_with = problem
        self._name = _field(choice.name, f"{kind}Name", f"Name of the {kind}")
        self._name.selectAll()
        self._key = _field(choice.key, f"{kind}Key", f"Key of the {kind}")
        self._key.setPlaceholderText(place_key)
        self._key.setMaxLength(1)
        self._key.setFixedWidth(8 * UNIT)
        self._description = page(choice.description, f"{kind}Description", f"Description of the {kind}")
        self._colour = choice.colour
        self._swatches = QButtonGroup(self)
        self._problem = QLabel()
        self._problem.setObjectName(f"{kind}Problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setProperty("second", True)
        self._problem.setWordWrap(True)
        self._pages = QVBoxLayout()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._name.textChanged.connect(self._check)
        self._key.textChanged.connect(self._check)
        self._swatches.buttonClicked.connect(self._choose)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def add_page(self, words: str, field: QPlainTextEdit) -> None:
        """Ask for something longer, below the description."""
        self._pages.addWidget(_heading(words))
        self._pages.addWidget(field, 1)

    def name(self) -> str:
        """The name that was typed."""
        return self._name.text().strip()

    def key(self) -> str:
        """The key that was typed, as it is kept."""
        return normal_key(self._key.text())

    def colour(self) -> str:
        """The colour that was chosen, as ``#rrggbb``."""
        return self._colour

    def description(self) -> str:
        """The meaning that was written."""
        return self._description.toPlainText().strip()

    def _lay_out(self) -> None:
        first = QGridLayout()
        first.setHorizontalSpacing(2 * UNIT)
        first.setVerticalSpacing(UNIT)
        for column, (heading, field) in enumerate((("Name", self._name), ("Key", self._key))):
            first.addWidget(_heading(heading), 0, column)
            first.addWidget(field, 1, column)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        whole.addLayout(first)
        whole.addWidget(self._problem)
        whole.addWidget(_heading("Colour"))
        whole.addLayout(self._colours())
        self._pages.setSpacing(UNIT)
        self.add_page("Description", self._description)
        whole.addLayout(self._pages, 1)
        whole.addWidget(self._buttons)
        self.setMinimumWidth(440)

    def _colours(self) -> QGridLayout:
        colours = QGridLayout()
        colours.setSpacing(UNIT)
        for place, colour in enumerate(CHOICES):
            swatch = _Swatch(colour, f"Colour {place + 1}")
            swatch.setChecked(colour == self._colour)
            self._swatches.addButton(swatch)
            colours.addWidget(swatch, place // _IN_A_ROW, place % _IN_A_ROW)
        other = QPushButton("Other colour…")
        other.setObjectName("otherColour")
        other.setProperty("quiet", True)
        other.setAutoDefault(False)
        other.clicked.connect(self._choose_other)
        colours.addWidget(other, 0, _IN_A_ROW, 2, 1, Qt.AlignmentFlag.AlignRight)
        return colours

    @Slot()
    def _check(self) -> None:
        problem = self._problem_with(self.name(), self.key())
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if self.isVisible():  # a layout with a sentence that is wrapped does not make the dialog higher by itself
            self.resize(self.width(), max(self.height(), self._whole.totalHeightForWidth(self.width())))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.name()) and not problem)

    @Slot(QAbstractButton)
    def _choose(self, swatch: QAbstractButton) -> None:
        if isinstance(swatch, _Swatch):
            self._colour = swatch.colour

    @Slot()
    def _choose_other(self) -> None:
        colour = QColorDialog.getColor(QColor(self._colour), self, f"Colour of the {self._kind}")
        if colour.isValid():
            self._colour = colour.name()
            checked = self._swatches.checkedButton()
            if checked is not None:
                self._swatches.setExclusive(False)
                checked.setChecked(False)
                self._swatches.setExclusive(True)


def _field(words: str, name: str, spoken: str) -> QLineEdit:
    field = QLineEdit(words)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    return field


def page(words: str, name: str, spoken: str) -> QPlainTextEdit:
    """A field for some lines of text."""
    field = QPlainTextEdit(words)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setTabChangesFocus(True)
    field.setMinimumHeight(9 * UNIT)
    field.setSizePolicy(field.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
    return field


def _heading(words: str) -> QLabel:
    heading = QLabel(words)
    heading.setProperty("second", True)
    return heading


class _Swatch(QAbstractButton):
    """A round sample of a colour; ringed when it is chosen."""

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self.colour = colour
        self.setCheckable(True)
        self.setObjectName(f"colour:{colour}")
        self.setAccessibleName(f"{name} ({colour})")
        self.setToolTip(colour)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Four units square."""
        return QSize(4 * UNIT, 4 * UNIT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sample, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = self.rect().adjusted(6, 6, -6, -6)
        painter.setBrush(QColor(self.colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(circle)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 2))
            painter.drawEllipse(circle.adjusted(-4, -4, 4, 4))
