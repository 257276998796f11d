"""Which changes of the form there are, and which of them a check has to follow."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gadget_trainer.training.settings import TrainingSettings


def tell_changes(form: QWidget, slot: Callable[[], None]) -> None:
    """Call ``slot``, a bound slot, whenever a field of ``form`` changes, whatever fields it has."""
    for whole in form.findChildren(QSpinBox):
        whole.valueChanged.connect(slot)
    for real in form.findChildren(QDoubleSpinBox):
        real.valueChanged.connect(slot)
    for box in form.findChildren(QComboBox):
        box.currentTextChanged.connect(slot)
    for line in form.findChildren(QLineEdit):
        line.textChanged.connect(slot)
    for tick in form.findChildren(QCheckBox):
        tick.toggled.connect(slot)


def that_matters(settings: TrainingSettings) -> TrainingSettings:
    """The settings without those that change neither a finding about the texts nor the speed."""
    same = TrainingSettings(output=Path())
    return replace(
        settings,
        output=same.output,
        iterations=same.iterations,
        seed=same.seed,
        dropout=same.dropout,
        patience=same.patience,
        learn_rate=same.learn_rate,
        evaluate_every=same.evaluate_every,
    )
