"""The row above the text: which categories it has. It shows and asks, and changes nothing."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.annotate.category_button import CategoryButton
from gadget_trainer.ui.flow_layout import FlowLayout
from gadget_trainer.ui.icons import icon
from gadget_trainer.ui.theme import UNIT


class CategoryBar(QWidget):
    """A chip for each category of the project; those that the text has are filled."""

    category_clicked = Signal(str)
    change_requested = Signal(object)
    """The person wants to change this Category."""
    delete_requested = Signal(object)
    """The person wants to delete this Category."""
    overview_requested = Signal()
    """The person wants to see all categories."""
    look_requested = Signal(QRect)
    """A part of the bar that should be seen: a category was chosen there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("categoryBar")
        self.setAccessibleName("Categories of the text")
        self._buttons: dict[str, CategoryButton] = {}
        self._heading = QLabel()
        self._heading.setObjectName("categoryHeading")
        self._heading.setProperty("second", True)
        self._flow = FlowLayout(self, gap=UNIT)
        self._flow.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        self._flow.addWidget(self._heading)

    def show_categories(self, categories: Sequence[Category], keys: Mapping[str, str], *, exclusive: bool) -> None:
        """Show these to choose from, with their keys by name."""
        there = {button.category.id: button for button in self._buttons.values()}
        self._flow.setEnabled(False)  # or every button that comes lays out all the others anew
        self._buttons = {}
        for category in categories:
            button = there.pop(category.id, None) or self._button()
            button.set_category(category, keys[category.name], exclusive=exclusive)
            self._buttons[category.name] = button
        for button in there.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._heading.setText("Category" if exclusive else "Categories")
        self._flow.put_in_order([self._heading, *self._buttons.values()])
        self._heading.setFixedHeight(max((one.sizeHint().height() for one in self._buttons.values()), default=0))
        self._flow.setEnabled(True)
        self._flow.activate()

    def show_chosen(self, names: Collection[str]) -> None:
        """The text has these."""
        for name, button in self._buttons.items():
            button.setChecked(name in names)
            if name in names:
                self.look_requested.emit(button.geometry())

    def _button(self) -> CategoryButton:
        button = CategoryButton(self)
        button.clicked.connect(self._tell)
        button.customContextMenuRequested.connect(self._show_menu)
        self._flow.addWidget(button)
        button.show()
        return button

    @Slot()
    def _tell(self) -> None:
        button = self.sender()
        if isinstance(button, CategoryButton):
            self.category_clicked.emit(button.category.name)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        button = self.sender()
        if not isinstance(button, CategoryButton):
            return
        category = button.category
        menu = QMenu(self)
        menu.setObjectName("categoryMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, sign, wish in (
            (f"Change {category.name}…", "", lambda: self.change_requested.emit(category)),
            (f"Delete {category.name}…", "delete", lambda: self.delete_requested.emit(category)),
            ("All categories…", "", self.overview_requested.emit),
        ):
            action = menu.addAction(words.replace("&", "&&"))
            if sign:
                action.setIcon(icon(sign))
            action.triggered.connect(wish)
        menu.popup(button.mapToGlobal(place))
