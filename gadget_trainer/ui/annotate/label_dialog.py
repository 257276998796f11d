"""All that a label is, new or old: name, key, colour, what it means, examples."""

from collections.abc import Collection, Mapping
from dataclasses import replace

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

from gadget_trainer.corpus.label_names import normal_key, problem_with_key, problem_with_name
from gadget_trainer.corpus.palette import CHOICES
from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.theme import UNIT

_IN_A_ROW = 8


class LabelDialog(QDialog):
    """Asks for all that a label is; ``label`` holds the answer when it is accepted."""

    def __init__(
        self,
        title: str,
        label: Label,
        taken: Collection[str],
        holders: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        digit: str = "",
    ) -> None:
        """``taken`` are the names of the other labels, ``holders`` what keys do already (see ``problem_with_key``).

        ``digit`` is the key that the label has by its place, without one of its own.
        """
        super().__init__(parent)
        self.setObjectName("labelDialog")
        self.setWindowTitle(title)
        self._label = label
        self._taken = taken
        self._holders = holders
        self._name = _field(label.name, "labelName", "Name of the label", "PERSON, PLACE, PRODUCT …")
        self._name.selectAll()
        self._key = _field(label.key, "labelKey", "Key of the label", digit)
        self._key.setToolTip("A letter or digit that chooses the label in the text")
        self._key.setMaxLength(1)
        self._key.setFixedWidth(8 * UNIT)
        self._description = _page(label.description, "labelDescription", "Description of the label")
        self._description.setPlaceholderText("What is labelled so, and what is not")
        self._examples = _page("\n".join(label.examples), "labelExamples", "Examples of the label")
        self._examples.setPlaceholderText("One in a line")
        self._colour = label.colour
        self._swatches = QButtonGroup(self)
        self._problem = QLabel()
        self._problem.setObjectName("labelProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setProperty("second", True)
        self._problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._name.textChanged.connect(self._check)
        self._key.textChanged.connect(self._check)
        self._swatches.buttonClicked.connect(self._choose)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def label(self) -> Label:
        """The label as it is to be."""
        return replace(
            self._label,
            name=self._name.text().strip(),
            colour=self._colour,
            description=self._description.toPlainText().strip(),
            examples=tuple(one.strip() for one in self._examples.toPlainText().splitlines() if one.strip()),
            key=normal_key(self._key.text()),
        )

    def _lay_out(self) -> None:
        first = QGridLayout()
        first.setHorizontalSpacing(2 * UNIT)
        first.setVerticalSpacing(UNIT)
        for column, (heading, field) in enumerate((("Name", self._name), ("Key", self._key))):
            first.addWidget(_heading(heading), 0, column)
            first.addWidget(field, 1, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        whole.addLayout(first)
        whole.addWidget(self._problem)
        whole.addWidget(_heading("Colour"))
        whole.addLayout(self._colours())
        for heading, page in (("Description", self._description), ("Examples", self._examples)):
            whole.addWidget(_heading(heading))
            whole.addWidget(page, 1)
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
        label = self.label()
        # An empty field is no mistake yet: nothing is said of it before a name was typed.
        in_name = problem_with_name(label.name, self._taken) if label.name else ""
        problem = in_name or problem_with_key(label.key, self._holders)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(label.name) and not problem)

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


def _field(words: str, name: str, spoken: str, hint: str) -> QLineEdit:
    field = QLineEdit(words)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setPlaceholderText(hint)
    return field


def _page(words: str, name: str, spoken: str) -> QPlainTextEdit:
    page = QPlainTextEdit(words)
    page.setObjectName(name)
    page.setAccessibleName(spoken)
    page.setTabChangesFocus(True)
    page.setMinimumHeight(9 * UNIT)
    page.setSizePolicy(page.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
    return page


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
