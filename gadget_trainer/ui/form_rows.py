"""Rows of fields with their names before them, which stand at the same height as the fields' words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLabel, QWidget

from gadget_trainer.ui.theme import UNIT


def rows(parent: QWidget | None = None) -> QFormLayout:
    """A column of fields with their names before them."""
    form = QFormLayout(parent)
    form.setContentsMargins(0, 0, 0, 0)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setHorizontalSpacing(2 * UNIT)
    form.setVerticalSpacing(UNIT)
    return form


def add_row(form: QFormLayout, words: str, widget: QWidget, shown: QWidget | None = None) -> None:
    """Put ``widget``, or what it is shown in, into ``form``, its name before it."""
    label = QLabel(words)
    label.setBuddy(widget)
    label.setMinimumHeight((shown or widget).sizeHint().height())
    form.addRow(label, shown or widget)


def indent(box: QAbstractSpinBox) -> None:
    """Begin where the text of other fields begins; a style sheet's padding does not reach a spin box's text."""
    box.lineEdit().setTextMargins(UNIT - 2, 0, 0, 0)
