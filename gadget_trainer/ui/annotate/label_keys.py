"""The keys that choose labels: a label's own key, or else the digit of its place."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.actions import Actions

DIGITS = "1234567890"


def keys_of(labels: Sequence[Label]) -> dict[str, str]:
    """The key of each label by its name; empty where it has none.

    A label without a key of its own has the digit of its place, unless that is another one's own.
    """
    own = {label.key for label in labels}
    digits = [*DIGITS[: len(labels)], *("" for _ in labels[len(DIGITS) :])]
    return {
        label.name: label.key or (digit if digit not in own else "")
        for label, digit in zip(labels, digits, strict=True)
    }


def key_holders(labels: Sequence[Label], actions: Actions, label_id: int = 0) -> dict[str, str]:
    """What single keys do already, apart from the label ``label_id``, as in ``chooses BRAND``."""
    found = {
        one.toString(): f"is for “{action.text().rstrip('…')}”"
        for action in actions.all()
        for one in action.shortcuts()
        if len(one.toString()) == 1
    }
    return found | {label.key: f"chooses {label.name}" for label in labels if label.key and label.id != label_id}


class LabelKeys(QObject):
    """Makes the keys of labels work in some widgets."""

    label_chosen = Signal(str)

    def __init__(self, actions: Actions, widgets: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._widgets = widgets
        self._keys: list[QAction] = []

    @Slot(object)
    def renew(self, labels: Sequence[Label]) -> None:
        """Make the keys of these labels. A key that an action was given since stays the action's."""
        for key in self._keys:
            for widget in self._widgets:
                widget.removeAction(key)
            key.deleteLater()
        taken = key_holders([], self._actions)
        keys = keys_of(labels)
        self._keys = [self._key(key, name) for name, key in keys.items() if key and key not in taken]

    def _key(self, key: str, name: str) -> QAction:
        action = QAction(f"Label {name}", self)
        action.setObjectName(f"labelKey:{key}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setData(name)
        action.triggered.connect(self._choose)
        for widget in self._widgets:
            widget.addAction(action)
        return action

    @Slot()
    def _choose(self) -> None:
        key = self.sender()
        if isinstance(key, QAction):
            self.label_chosen.emit(str(key.data()))
