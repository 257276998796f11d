"""Every key of the program, as it is now, to be looked up and to be changed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRegularExpression, Qt, Slot
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.choice_keys import kept_for_choices
from gadget_trainer.ui.annotate.label_panels import KEYS_OF_LISTS
from gadget_trainer.ui.menus import menu_titles
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.text_view.keys import described_keys, kept_keys
from gadget_trainer.ui.theme import UNIT

_NAME = Qt.ItemDataRole.UserRole


class _Row(NamedTuple):
    """A line of the page."""

    group: str
    words: str
    keys: str
    action: str
    """The name of the action; empty where the keys can't be changed."""


class KeysPage(QWidget):
    """Lists the keys by menu; those of actions can be changed. A page of the preferences."""

    def __init__(self, actions: Actions, preferences: Preferences, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("keysPage")
        self._actions = actions
        self._window = window
        self._preferences = preferences
        self._find = QLineEdit()
        self._find.setObjectName("findKey")
        self._find.setAccessibleName("Find a key")
        self._find.setPlaceholderText("Find a key or what it does")
        self._find.setClearButtonEnabled(True)
        self._tree = _tree()
        self._new = QKeySequenceEdit()
        self._new.setObjectName("newKeys")
        self._new.setAccessibleName("New keys")
        self._new.setMaximumSequenceLength(1)
        self._change = QPushButton("Change")
        self._change.setObjectName("changeKeys")
        self._change.setAutoDefault(False)
        self._reset = QPushButton("As it was delivered")
        self._reset.setObjectName("resetKeys")
        self._reset.setProperty("quiet", True)
        self._reset.setAutoDefault(False)
        self._said = QLabel()
        self._said.setObjectName("keysSaid")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._lay_out()
        self._fill()
        self._find.textChanged.connect(self._filter)
        self._tree.currentItemChanged.connect(self._choose)
        self._change.clicked.connect(self._set_keys)
        self._reset.clicked.connect(self._reset_keys)

    def _rows(self) -> Iterator[_Row]:
        for title, names in menu_titles().items():
            for name in names:
                action = self._actions[name]
                yield _Row(title, action.text().replace("…", ""), _shown(*action.shortcuts()), name)
        for action in self._keys_of_choices():
            yield _Row("Labels and categories", action.toolTip(), _shown(action.shortcut()), "")
        for keys, meaning in described_keys():
            yield _fixed_row("In the text", meaning, keys)
        for title, table in KEYS_OF_LISTS.items():
            for one in table:
                yield _fixed_row(title, one.words, one.keys)

    def _keys_of_choices(self) -> list[QAction]:
        """What chooses the labels and the categories of the project that is open."""
        found = self._window.findChildren(QAction, QRegularExpression("^(label|category)Key:"))
        return sorted(found, key=lambda one: one.shortcut().toString())

    def _fill(self) -> None:
        chosen = self._chosen()
        self._tree.clear()
        self._groups: list[QTreeWidgetItem] = []
        for row in self._rows():
            if not self._groups or self._groups[-1].text(0) != row.group:
                self._groups.append(QTreeWidgetItem(self._tree, [row.group]))
                self._groups[-1].setFirstColumnSpanned(True)
                self._groups[-1].setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._groups[-1].setFont(0, _bold(self._tree.font()))
            item = QTreeWidgetItem(self._groups[-1], [row.words, row.keys])
            item.setData(0, _NAME, row.action)
            if row.action and row.action == chosen:
                self._tree.setCurrentItem(item)
        self._tree.expandAll()
        self._filter()
        self._choose()

    def _chosen(self) -> str:
        """The name of the action whose line is chosen."""
        item = self._tree.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    @Slot()
    def _filter(self) -> None:
        wanted = self._find.text().casefold()
        for group in self._groups:
            lines = [line for place in range(group.childCount()) if (line := group.child(place)) is not None]
            for line in lines:
                line.setHidden(wanted not in f"{line.text(0)} {line.text(1)}".casefold())
            group.setHidden(all(line.isHidden() for line in lines))

    @Slot()
    def _choose(self) -> None:
        name = self._chosen()
        self._said.clear()
        for widget in (self._new, self._change, self._reset):
            widget.setEnabled(bool(name))
        self._new.setKeySequence(self._actions[name].shortcut() if name else QKeySequence())

    @Slot()
    def _set_keys(self) -> None:
        name, keys = self._chosen(), self._new.keySequence()
        problem = self._problem_with(name, keys)
        if problem:
            self._said.setText(f"{problem} Choose another one.")
            return
        self._actions.set_keys(name, keys)
        self._preferences.keep_keys(name, keys.toString())
        self._fill()
        words = self._actions[name].text()
        self._said.setText(f"“{words}” has no key now." if keys.isEmpty() else f"From now on it is {_shown(keys)}.")

    @Slot()
    def _reset_keys(self) -> None:
        name = self._chosen()
        holders = [self._holder_of(name, keys) for keys in self._actions.delivered_keys(name)]
        if any(holders):
            self._said.setText(f"Its key is that of “{next(filter(None, holders))}” now. Change that one first.")
            return
        self._actions.reset_keys(name)
        self._preferences.keep_keys(name, None)
        self._fill()
        self._said.setText("It is as it was delivered.")

    def _problem_with(self, name: str, keys: QKeySequence) -> str:
        """Why the action cannot have those keys; empty where it can."""
        written = keys.toString()
        if not written:
            return ""
        choice = kept_for_choices(written)
        if choice:
            return f"{_shown(keys)} is kept for the {choice}."
        holder = self._holder_of(name, keys)
        return f"{_shown(keys)} is the key of “{holder}” already." if holder else ""

    def _holder_of(self, name: str, keys: QKeySequence) -> str:
        """What those keys do already; empty where they are free."""
        for action in (*self._actions.all(), *self._keys_of_choices()):
            if action.objectName() != name and keys in action.shortcuts():
                return action.text()
        own = {one.toString() for one in self._actions.delivered_keys(name)}
        # Enter, say, gives a selection its label and otherwise marks the text done, as it was delivered.
        return kept_keys().get(keys.toString(), "") if keys.toString() not in own else ""

    def _lay_out(self) -> None:
        change = QHBoxLayout()
        change.setSpacing(UNIT)
        change.addWidget(QLabel("New keys"))
        change.addWidget(self._new, 1)
        change.addWidget(self._change)
        change.addWidget(self._reset)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addWidget(self._find)
        whole.addWidget(self._tree, 1)
        whole.addLayout(change)
        whole.addWidget(self._said)


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("keys")
    tree.setAccessibleName("Keys")
    tree.setHeaderLabels(["What", "Keys"])
    tree.setRootIsDecorated(False)
    tree.setIndentation(UNIT)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    tree.header().setStretchLastSection(False)
    return tree


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _fixed_row(group: str, meaning: str, keys: Sequence[str]) -> _Row:
    """A line whose keys can't be changed."""
    return _Row(group, meaning[0].upper() + meaning[1:], _shown(*map(QKeySequence, keys)), "")


def _shown(*keys: QKeySequence) -> str:
    return "   ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in keys)
