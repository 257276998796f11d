"""All categories at a glance: how many texts each has, and all that can be done to it."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QHeaderView, QPushButton, QTableView

from gadget_trainer.corpus.records import Category
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.bottom_panel import CLOSE, BottomPanel, ListKey, panel_button, panel_table
from gadget_trainer.ui.annotate.category_flow import CategoryFlow
from gadget_trainer.ui.annotate.category_table_model import (
    DECIDED,
    KEY,
    MEANING,
    NAME,
    SHARE,
    TEXTS,
    CategoryTableModel,
)
from gadget_trainer.ui.annotate.label_table_model import ShareDelegate
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class CategoryOverview(BottomPanel):
    """A table of the categories; the one that is chosen is changed by the buttons below."""

    def __init__(self, session: "Session", actions: Actions, flow: CategoryFlow) -> None:
        super().__init__("categoryOverview", "the categories")
        self._session = session
        self._actions = actions
        self._flow = flow
        self._chosen = 0
        self.model = CategoryTableModel()
        self._exclusive = QCheckBox("A text has one category only")
        self._exclusive.setObjectName("exclusiveCategories")
        self._exclusive.setToolTip("Another choice takes the first one away; otherwise a text can have any number")
        self.table = _table(self.model)
        self.table.installEventFilter(self)
        self._of_one: dict[str, QPushButton] = {}
        self._reading = LatestSteps(self)
        self._reading.stepped.connect(self._take_undecided)
        self._reading.failed.connect(session.failed)
        self._make_buttons()
        self._exclusive.clicked.connect(self._set_exclusive)
        self.table.doubleClicked.connect(self._change_row)
        self.table.selectionModel().currentRowChanged.connect(self._note_chosen)
        session.done.connect(self._reread)
        actions.keys_changed.connect(self._reread)

    @Slot()
    def begin(self) -> None:
        """Show the categories as they are now."""
        self.open_panel()
        self._reread()
        self.table.setFocus()

    def finish(self) -> None:
        """End all threads."""
        self._reading.finish()

    @Slot()
    def _reread(self) -> None:
        if not self.isVisible():
            return
        room, chosen = self._session.project.categories, self._chosen
        self.model.take(room.all(), self._session.counts(), self._actions.taken_keys())
        rows = [row for row in range(self.model.rowCount()) if self.model.category(row).id == chosen]
        self.table.setCurrentIndex(self.model.index(rows[0] if rows else 0, NAME))
        with QSignalBlocker(self._exclusive):
            self._exclusive.setChecked(room.scheme().exclusive)
        self._tell()
        read = self._session.project.read

        def undecided() -> Iterator[dict[int, int]]:
            yield read.undecided_texts()

        self._reading.ask(undecided)

    @Slot(object)
    def _take_undecided(self, undecided: dict[int, int]) -> None:
        self.model.take_undecided(undecided)
        self._tell()

    def _category(self) -> Category | None:
        index = self.table.currentIndex()
        return self.model.category(index.row()) if index.isValid() else None

    @Slot()
    def _note_chosen(self) -> None:
        category = self._category()
        self._chosen = category.id if category is not None else 0
        self._tell()

    def _tell(self) -> None:
        category, many = self._category(), self.model.rowCount()
        chosen = sum(self._session.counts().categories.values())
        times = "once" if chosen == 1 else f"{chosen:,} times"
        noun = "category" if many == 1 else "categories"
        self.said.setText(
            f"{many:,} {noun}, chosen {times}" if many else "No category yet. A category is a label of a whole text."
        )
        place = self.table.currentIndex().row()
        possible = {
            "categoryUp": place > 0,
            "categoryDown": 0 <= place < many - 1,
            "textsOfCategory": category is not None and self.model.texts(category) > 0,
        }
        for name, button in self._of_one.items():
            button.setEnabled(category is not None and possible.get(name, True))
        behind = self.model.undecided(category) if category is not None else 0
        self._behind.setVisible(behind > 0)
        texts = "text" if behind == 1 else "texts"
        self._behind.setText(f"Show the {behind:,} {texts} done, but not for it")

    # -- what is done to it

    @Slot()
    def _change(self) -> None:
        category = self._category()
        if category is not None:
            self._flow.change(category)

    @Slot(QModelIndex)
    def _change_row(self, _index: QModelIndex) -> None:
        self._change()

    @Slot()
    def _delete(self) -> None:
        category = self._category()
        if category is not None:
            self._flow.delete(category)

    def _move(self, by: int) -> None:
        category = self._category()
        if category is not None:
            self._flow.move(category, by)

    @Slot()
    def _show_texts(self) -> None:
        category = self._category()
        if category is not None:
            self._flow.show_texts(TextFilter(with_category=category.name))

    @Slot()
    def _show_others(self) -> None:
        self._flow.show_texts(TextFilter(categorised=False))

    @Slot()
    def _show_undecided(self) -> None:
        category = self._category()
        if category is not None:
            self._flow.show_texts(TextFilter(undecided_category=category.name))

    @Slot(bool)
    def _set_exclusive(self, exclusive: bool) -> None:
        self._flow.set_exclusive(exclusive)
        self._reread()

    KEYS: ClassVar[tuple[ListKey, ...]] = (
        ListKey(("Return", "Enter", "F2"), "change the category", _change),
        ListKey(("Delete",), "delete the category", _delete),
        CLOSE,
    )

    # -- parts

    def _make_buttons(self) -> None:
        for words, name, tip, slot in (
            ("Show its texts", "textsOfCategory", "Only the texts that have it", self._show_texts),
            ("", "categoryUp", "Move the category up", partial(self._move, -1)),
            ("", "categoryDown", "Move the category down", partial(self._move, 1)),
            ("Delete…", "deleteCategory", "Take it off its texts (Del)", self._delete),
            ("Change…", "changeCategory", "Everything about it (Enter)", self._change),
        ):
            self._of_one[name] = panel_button(words, name, tip, slot)
        for name, sign in (("categoryUp", "chevron-up"), ("categoryDown", "chevron-down")):
            put_icon(self._of_one[name], sign)
            self._of_one[name].setAccessibleName(self._of_one[name].toolTip())
        without = panel_button(
            "Texts without one", "textsWithoutCategory", "Only the texts that have no category", self._show_others
        )
        older = "They were done before the category was there"
        self._behind = panel_button("Show the texts done before", "showUndecided", older, self._show_undecided)
        self._behind.hide()
        add = panel_button("Add…", "newCategory", "A new category", self._flow.add)
        self.arrange((self._behind, self._exclusive), self.table, (without, *self._of_one.values(), add))


def _table(model: CategoryTableModel) -> QTableView:
    table = panel_table(model, "categoryOverview", "Categories")
    table.setItemDelegateForColumn(SHARE, ShareDelegate(table))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column, units in ((NAME, 25), (KEY, 9), (TEXTS, 9), (SHARE, 12), (DECIDED, 15)):
        header.resizeSection(column, units * UNIT)
    header.setSectionResizeMode(MEANING, QHeaderView.ResizeMode.Stretch)
    return table
