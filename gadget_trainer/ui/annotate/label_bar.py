"""The labels above the text: choose the active one, add, rename, recolour, delete."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QWidget

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.annotate.label_button import LabelButton
from gadget_trainer.ui.annotate.label_keys import keys_of
from gadget_trainer.ui.flow_layout import FlowLayout
from gadget_trainer.ui.icons import icon, put_icon
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class LabelBar(QWidget):
    """Shows the project's labels; one of them is active. It asks for changes and makes none."""

    label_chosen = Signal(str)
    """A label was clicked."""
    add_requested = Signal()
    change_requested = Signal(object)
    """The person wants to rename or recolour this Label."""
    delete_requested = Signal(object)
    """The person wants to delete this Label."""
    merge_requested = Signal(object, object)
    """The spans of the first Label should become the second's."""
    reloaded = Signal(object)
    """Labels came, went or became others: the labels as they are now."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.setObjectName("labelBar")
        self.setAccessibleName("Labels")
        self._session = session
        self._active = ""
        self._buttons: dict[str, LabelButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._add = _add_button()
        self._add.clicked.connect(self.add_requested)
        self._flow = FlowLayout(self, gap=UNIT)
        self._flow.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        self._flow.addWidget(self._add)
        session.labels_changed.connect(self.reload)
        session.texts_edited.connect(self.recount)
        session.texts_came_or_went.connect(self.recount)
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

    def activate(self, name: str) -> None:
        """Let new spans have that label."""
        if name in self._buttons:
            self._active = name
            self._buttons[name].setChecked(True)

    @Slot()
    def reload(self) -> None:
        """Show the labels as the project has them now."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        labels = self._session.project.read.labels()
        spans = self._session.counts().spans
        keys = keys_of(labels)
        self._buttons = {
            label.name: self._button(place, label, spans.get(label.id, 0), keys[label.name])
            for place, label in enumerate(labels)
        }
        self._add.setText("" if labels else "Add a label")
        if self._active not in self._buttons:
            self._active = labels[0].name if labels else ""
        self.activate(self._active)
        self.reloaded.emit(labels)

    @Slot()
    def recount(self) -> None:
        """Show how many spans each label has now."""
        spans = self._session.counts().spans
        for button in self._buttons.values():
            button.set_spans(spans.get(button.label.id, 0))

    def _button(self, place: int, label: Label, spans: int, key: str) -> LabelButton:
        button = LabelButton(label, spans, key, self)
        button.clicked.connect(self._choose)
        button.customContextMenuRequested.connect(self._show_menu)
        self._group.addButton(button)
        self._flow.insert_widget(place, button)
        button.show()
        return button

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, LabelButton):
            self._active = button.label.name
            self.label_chosen.emit(button.label.name)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        button = self.sender()
        if not isinstance(button, LabelButton):
            return
        menu = QMenu(self)
        menu.addAction(f"Change {button.label.name}…").setObjectName("changeLabel")
        menu.addAction(icon("delete"), f"Delete {button.label.name}…").setObjectName("deleteLabel")
        merging = menu.addMenu("Merge into")
        for other in self.labels():
            if other.id != button.label.id:
                merging.addAction(other.name).setData(other)
        merging.setEnabled(not merging.isEmpty())
        chosen = menu.exec(button.mapToGlobal(place))
        if chosen is not None and isinstance(chosen.data(), Label):
            self.merge_requested.emit(button.label, chosen.data())
        elif chosen is not None:
            wish = self.change_requested if chosen.objectName() == "changeLabel" else self.delete_requested
            wish.emit(button.label)
        menu.deleteLater()


def _add_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("addLabelButton")
    button.setAccessibleName("Add a label")
    button.setToolTip("Add a label (Ctrl+L)")
    button.setProperty("quiet", True)
    put_icon(button, "plus")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
