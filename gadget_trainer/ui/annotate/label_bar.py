"""The labels above the text: choose the active one, add, rename, recolour, delete."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QWidget

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.label_button import LabelButton
from gadget_trainer.ui.annotate.label_dot import label_dot
from gadget_trainer.ui.annotate.label_drag import LabelDrag
from gadget_trainer.ui.annotate.label_keys import keys_of
from gadget_trainer.ui.flow_layout import FlowLayout
from gadget_trainer.ui.icons import icon, put_icon
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts
    from gadget_trainer.ui.session import Session

_MOST_IN_MENU = 20
"""More labels than these are not read in a menu."""


class LabelBar(QWidget):
    """Shows the project's labels; one of them is active. It asks for changes and makes none."""

    about_to_choose = Signal()
    """Another label is chosen next; what was asked for before is for the one that is active still."""
    label_chosen = Signal(str)
    """A label was clicked."""
    activated = Signal(str)
    """New spans get this label from now on; empty where there is none."""
    add_requested = Signal()
    change_requested = Signal(object)
    """The person wants to rename or recolour this Label."""
    delete_requested = Signal(object)
    """The person wants to delete this Label."""
    merge_requested = Signal(object, object)
    """The spans of the first Label should become the second's."""
    merge_target_requested = Signal(object)
    """The spans of this Label should become those of another one, which is still to be found."""
    examples_requested = Signal(object)
    """The examples of this Label should be looked for in all texts."""
    order_requested = Signal(object)
    """The labels should stand in another order: their ids."""
    look_requested = Signal(QRect)
    """A part of the bar that should be seen, as something is dragged there."""
    reloaded = Signal(object)
    """Labels came, went or became others: the labels as they are now."""

    def __init__(self, session: "Session", actions: Actions) -> None:
        super().__init__()
        self.setObjectName("labelBar")
        self.setAccessibleName("Labels")
        self._session = session
        self._actions = actions
        self._active = ""
        self._buttons: dict[str, LabelButton] = {}
        self._drag = LabelDrag(self)
        self._drag.dropped.connect(self._move)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._add = _add_button()
        self._add.clicked.connect(self.add_requested)
        self._flow = FlowLayout(self, gap=UNIT)
        self._flow.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        self._flow.addWidget(self._add)
        session.labels_changed.connect(self.reload)
        actions.keys_changed.connect(self.reload)
        session.texts_edited.connect(self.recount)
        session.texts_came_or_went.connect(self.recount)
        session.counted.connect(self.recount)
        self.reload()

    def labels(self) -> list[Label]:
        """The labels in the bar's order."""
        return [button.label for button in self._buttons.values()]

    def active(self) -> str | None:
        """The name of the label that new spans get; None when there is no label yet."""
        return self._active or None

    @Slot()
    def change_active(self) -> None:
        """Ask for another name or colour for the active label."""
        if self._active:
            self.change_requested.emit(self._buttons[self._active].label)

    @Slot()
    def delete_active(self) -> None:
        """Ask for the active label to be deleted."""
        if self._active:
            self.delete_requested.emit(self._buttons[self._active].label)

    @Slot()
    def find_examples_of_active(self) -> None:
        """Ask for the active label's examples to be looked for."""
        if self._active:
            self.examples_requested.emit(self._buttons[self._active].label)

    @Slot()
    def move_active_left(self) -> None:
        """Ask for the active label to change places with the one before."""
        self._move_active(-1)

    @Slot()
    def move_active_right(self) -> None:
        """Ask for the active label to change places with the one behind."""
        self._move_active(1)

    def activate(self, name: str) -> None:
        """Let new spans have that label."""
        if name in self._buttons:
            self._active = name
            self._buttons[name].setChecked(True)
            self.activated.emit(name)
            self.look_requested.emit(self._buttons[name].geometry())

    @Slot()
    def reload(self) -> None:
        """Show the labels as the project has them now."""
        labels = self._session.project.read.labels()
        counts = self._session.counts_so_far()
        keys = keys_of(labels, self._actions.taken_keys())
        there = {button.label.id: button for button in self._buttons.values()}
        self._flow.setEnabled(False)  # or every button that comes lays out all the others anew
        self._buttons = {}
        for label in labels:
            button = there.pop(label.id, None) or self._button()
            button.set_label(label, _spans(counts, label), keys[label.name])
            self._buttons[label.name] = button
        for button in there.values():
            self._remove(button)
        self._flow.put_in_order([*self._buttons.values(), self._add])
        self._flow.setEnabled(True)
        self._flow.activate()
        self._add.setText("" if labels else "Add a label")
        if self._active not in self._buttons:
            self._active = labels[0].name if labels else ""
        self.activate(self._active)
        self.reloaded.emit(labels)

    @Slot()
    def recount(self) -> None:
        """Show how many spans each label has now."""
        counts = self._session.counts_so_far()
        for button in self._buttons.values():
            button.set_spans(_spans(counts, button.label))

    def _button(self) -> LabelButton:
        button = LabelButton(self)
        button.clicked.connect(self._choose)
        button.customContextMenuRequested.connect(self._show_menu)
        button.dragged.connect(self._follow)
        button.dropped.connect(self._drop)
        button.drag_cancelled.connect(self._drag.stop)
        self._group.addButton(button)
        self._flow.addWidget(button)
        button.show()
        return button

    def _remove(self, button: LabelButton) -> None:
        self._group.removeButton(button)
        self._flow.removeWidget(button)
        button.hide()
        button.deleteLater()

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, LabelButton):
            self.about_to_choose.emit()
            self._active = button.label.name
            self.activated.emit(button.label.name)
            self.label_chosen.emit(button.label.name)

    @Slot(QPoint)
    def _follow(self, at: QPoint) -> None:
        self.look_requested.emit(self._drag.follow(list(self._buttons.values()), at))

    @Slot()
    def _drop(self) -> None:
        button = self.sender()
        if isinstance(button, LabelButton):
            self._drag.drop(list(self._buttons).index(button.label.name))

    def _move_active(self, by: int) -> None:
        """Ask for the active label to stand that many places further."""
        if self._active:
            self._move_by(self._active, by)

    def _move_by(self, name: str, by: int) -> None:
        place = list(self._buttons).index(name)
        if 0 <= place + by < len(self._buttons):
            self._move(place, place + by + (by > 0))

    @Slot(int, int)
    def _move(self, place: int, before: int) -> None:
        """Ask for the label at ``place`` to stand before the one at ``before``."""
        ids = [label.id for label in self.labels()]
        moved = ids[place]
        order = [*ids[:before], moved, *ids[before:]]
        del order[place if before > place else place + 1]
        self.order_requested.emit(order)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        button = self.sender()
        if not isinstance(button, LabelButton):
            return
        label, labels = button.label, self.labels()
        menu = QMenu(self)
        wishes: dict[QAction, Callable[[], None]] = {
            menu.addAction(f"Change {label.name}…"): lambda: self.change_requested.emit(label),
            menu.addAction(icon("delete"), f"Delete {label.name}…"): lambda: self.delete_requested.emit(label),
        }
        self._add_merging(menu, label, wishes)
        for words, by, possible in (
            ("Move left", -1, label.id != labels[0].id),
            ("Move right", 1, label.id != labels[-1].id),
        ):
            moving = menu.addAction(words)
            moving.setEnabled(possible)
            wishes[moving] = partial(self._move_by, label.name, by)
        menu.addSeparator()
        finding = menu.addAction(icon("search"), f"Find the examples of {label.name} in all texts")
        finding.setObjectName("findExamplesOf")
        wishes[finding] = lambda: self.examples_requested.emit(label)
        chosen = menu.exec(button.mapToGlobal(place))
        if chosen is not None:
            wishes[chosen]()
        menu.deleteLater()

    def _add_merging(self, menu: QMenu, label: Label, wishes: "dict[QAction, Callable[[], None]]") -> None:
        """The labels that it can become a part of: in a menu, or found by their names where they are many."""
        others = [other for other in self.labels() if other.id != label.id]
        if len(others) > _MOST_IN_MENU:
            wishes[menu.addAction("Merge into…")] = lambda: self.merge_target_requested.emit(label)
            return
        merging = menu.addMenu("Merge into")
        merging.setEnabled(bool(others))
        for other in others:
            wishes[merging.addAction(label_dot(other.colour), other.name)] = partial(
                self.merge_requested.emit, label, other
            )


def _spans(counts: "Counts | None", label: Label) -> int | None:
    return None if counts is None else counts.spans.get(label.id, 0)


def _add_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("addLabelButton")
    button.setAccessibleName("Add a label")
    button.setToolTip("Add a label (Ctrl+L)")
    button.setProperty("quiet", True)
    put_icon(button, "plus")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
