"""The keys that choose labels: a label's own key, or else the digit of its place."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.choice_keys import DIGITS, ChoiceKeys


def keys_of(labels: Sequence[Label], taken: Collection[str]) -> dict[str, str]:
    """The key of each label by its name; empty where it has none.

    A label without a key of its own has the digit of its place, unless that is another one's own. What is ``taken``
    by an action is no label's.
    """
    own = {label.key for label in labels}
    digits = [*DIGITS[: len(labels)], *("" for _ in labels[len(DIGITS) :])]
    keys = {
        label.name: label.key or (digit if digit not in own else "")
        for label, digit in zip(labels, digits, strict=True)
    }
    return {name: "" if key in taken else key for name, key in keys.items()}


class LabelKeys(ChoiceKeys):
    """The keys of the project's labels."""

    def __init__(self, actions: Actions, widgets: Sequence[QWidget], parent: QObject) -> None:
        super().__init__("label", "for the selected span, or for spans to come", widgets, parent)
        self._actions = actions

    @Slot(object)
    def take(self, labels: Sequence[Label]) -> None:
        """These are the labels now."""
        self.renew(keys_of(labels, self._actions.taken_keys()))
