"""Name and colour of a label, new or old."""

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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.label_names import problem_with_name
from gadget_trainer.corpus.palette import CHOICES
from gadget_trainer.ui.theme import UNIT

_IN_A_ROW = 8


class LabelDialog(QDialog):
    """Asks for a name and a colour; ``name`` and ``colour`` hold the answer when it is accepted."""

    def __init__(self, title: str, name: str, colour: str, taken: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labelDialog")
        self.setWindowTitle(title)
        self._taken = taken
        self._field = QLineEdit(name)
        self._field.setObjectName("labelName")
        self._field.setAccessibleName("Name of the label")
        self._field.setPlaceholderText("PERSON, PLACE, PRODUCT …")
        self._field.selectAll()
        self._colour = colour
        self._swatches = QButtonGroup(self)
        self._problem = QLabel()
        self._problem.setObjectName("labelProblem")
        self._problem.setProperty("second", True)
        self._problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._field.textChanged.connect(self._check)
        self._swatches.buttonClicked.connect(self._choose)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def name(self) -> str:
        """The name, without spaces around it."""
        return self._field.text().strip()

    def colour(self) -> str:
        """The colour as ``#rrggbb``."""
        return self._colour

    def _lay_out(self) -> None:
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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        for heading, content in (("Name", self._field), ("Colour", colours)):
            words = QLabel(heading)
            words.setProperty("second", True)
            whole.addWidget(words)
            if isinstance(content, QWidget):
                whole.addWidget(content)
            else:
                whole.addLayout(content)
        whole.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._problem)
        whole.addStretch()
        whole.addWidget(self._buttons)
        self.setMinimumWidth(400)

    @Slot()
    def _check(self) -> None:
        name = self.name()
        # An empty field is no mistake yet: nothing is said of it before a name was typed.
        problem = problem_with_name(name, self._taken) if name else ""
        self._problem.setText(problem)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(name) and not problem)

    @Slot(QAbstractButton)
    def _choose(self, swatch: QAbstractButton) -> None:
        if isinstance(swatch, _Swatch):
            self._colour = swatch.colour

    @Slot()
    def _choose_other(self) -> None:
        colour = QColorDialog.getColor(QColor(self._colour), self, "Colour of the label")
        if colour.isValid():
            self._colour = colour.name()
            checked = self._swatches.checkedButton()
            if checked is not None:
                self._swatches.setExclusive(False)
                checked.setChecked(False)
                self._swatches.setExclusive(True)


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
