"""The fields of a form, each bound to one setting by its name, and the rows that they stand in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from gadget_trainer.ui.form_rows import indent
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip

_HELP = "help"


@dataclass(frozen=True, slots=True)
class Field:
    """A setting and the widget that shows it."""

    setting: str
    """Its name in TrainingSettings."""
    widget: QWidget
    changed: SignalInstance
    read: Callable[[], Any]
    show: Callable[[Any], None]


def number(setting: str, low: int, high: int, *, step: int = 1, suffix: str = "", lowest: str = "") -> Field:
    """A whole number; ``lowest`` is shown instead of the lowest one."""
    box = QSpinBox()
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setGroupSeparatorShown(True)
    _dress(box, suffix, lowest)
    return Field(setting, box, box.valueChanged, box.value, box.setValue)


def percent(setting: str, low: int, high: int, *, suffix: str) -> Field:
    """A share, shown in hundredths."""
    field = number(setting, low, high, suffix=suffix)
    return Field(
        setting, field.widget, field.changed, lambda: field.read() / 100, lambda share: field.show(round(100 * share))
    )


def decimal(
    setting: str, low: float, high: float, *, step: float, digits: int = 2, suffix: str = "", lowest: str = ""
) -> Field:
    """A number with that many digits after the point; ``lowest`` is shown instead of the lowest one."""
    box = QDoubleSpinBox()
    box.setDecimals(digits)
    box.setRange(low, high)
    box.setSingleStep(step)
    _dress(box, suffix, lowest)
    return Field(setting, box, box.valueChanged, box.value, box.setValue)


def choice(setting: str, values: Iterable[tuple[str, object]]) -> Field:
    """One of some values, by their words; a value that is not among them is shown as the first."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for words, value in values:
        box.addItem(words, value)
    return Field(
        setting,
        box,
        box.currentIndexChanged,
        box.currentData,
        lambda value: box.setCurrentIndex(max(0, box.findData(value))),
    )


def switch(setting: str, words: str) -> Field:
    """On or off."""
    box = QCheckBox(words)
    return Field(setting, box, box.toggled, box.isChecked, box.setChecked)


def line(setting: str, edit: QLineEdit) -> Field:
    """A text."""
    return Field(setting, edit, edit.textChanged, lambda: edit.text().strip(), lambda text: edit.setText(str(text)))


def offer_disabled(box: QComboBox, words: str, value: object, reason: str) -> None:
    """Add an entry that can be seen but not chosen, with the reason as its tooltip."""
    box.addItem(words, value)
    row = box.count() - 1
    box.setItemData(row, plain_tip(reason), Qt.ItemDataRole.ToolTipRole)
    model = box.model()
    if isinstance(model, QStandardItemModel):
        model.item(row).setEnabled(False)


def name(widget: QWidget, words: str, object_name: str, help_: str) -> None:
    """Say what the widget is: to automation, to screen readers, and to who rests the pointer on it."""
    widget.setObjectName(object_name)
    if words:
        widget.setAccessibleName(words)
    widget.setProperty(_HELP, help_)
    set_usable(widget, "")


def set_usable(widget: QWidget, reason: str) -> None:
    """Switch the widget off for that reason, which stands before its help; on, where there is none."""
    widget.setEnabled(not reason)
    said = " ".join(filter(None, (reason, str(widget.property(_HELP)))))
    widget.setToolTip(plain_tip(said))
    widget.setAccessibleDescription(said)


def beside(widget: QWidget, other: QWidget) -> QWidget:
    """Both in one row, ``widget`` as wide as there is room."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(UNIT // 2)
    row.addWidget(widget, 1)
    row.addWidget(other)
    return both


def browse_button(what: str, words: str, browse: Callable[[], None]) -> QPushButton:
    """A button ``browse:WHAT`` that opens a file dialog."""
    button = QPushButton()
    put_icon(button, "folder")
    button.setProperty("quiet", True)
    button.clicked.connect(browse)
    name(button, words, f"browse:{what}", words)
    return button


def note(object_name: str) -> QLabel:
    """Sentences of second rank under a field; hidden while there are none."""
    label = QLabel()
    label.setObjectName(object_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    label.hide()
    return label


def tell(label: QLabel, sentences: str, more: str = "") -> None:
    """Show the sentences in a ``note``, or hide it; ``more`` is read by who rests the pointer on it."""
    label.setText(sentences)
    # Labels can look like markup, which a tooltip would obey.
    label.setToolTip(f"<p>{escape(more)}</p>".replace("\n", "<br>") if more else "")
    label.setAccessibleDescription(more)
    label.setVisible(bool(sentences))


def _dress(box: QSpinBox | QDoubleSpinBox, suffix: str, lowest: str = "") -> None:
    box.setSuffix(suffix)
    box.setSpecialValueText(lowest)
    indent(box)
