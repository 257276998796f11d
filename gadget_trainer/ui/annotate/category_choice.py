"""Which categories the text has that is shown: seen above it, chosen there with a click or with a key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.category_bar import CategoryBar
from gadget_trainer.ui.annotate.category_keys import keys_of_categories
from gadget_trainer.ui.annotate.choice_keys import ChoiceKeys
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.annotate.shelf import Shelf
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.ui.session import Session


class CategoryChoice(QObject):
    """Shows and changes the categories of the text that is chosen in the table."""

    def __init__(self, session: "Session", texts: TextList, view: TextView, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._text_id: int | None = None
        self._categories: list[Category] = []
        self._exclusive = True
        self.bar = CategoryBar()
        self.shelf = Shelf(self.bar, "categoryShelf", "Place of the categories")
        self._finder = LabelFinder(parent, "categoryFinder", "category")
        widgets = (view, texts.table, self.bar)
        self._keys = ChoiceKeys("category", "for the text, or taken off it again", widgets, self)
        self.bar.category_clicked.connect(self._toggle)
        self.bar.look_requested.connect(self.shelf.look_at)
        self._finder.label_chosen.connect(self._toggle)
        self._keys.chosen.connect(self._toggle)
        texts.chosen.connect(self._take_text)
        session.texts_edited.connect(self._follow)
        session.categories_changed.connect(self._reload)
        actions.keys_changed.connect(self._reload)
        actions["findCategory"].triggered.connect(self._find)
        self._reload()

    @Slot(object)
    def _take_text(self, text_id: int | None) -> None:
        self._text_id = text_id
        self._show()

    @Slot(object)
    def _follow(self, outcome: "Outcome") -> None:
        if self._text_id in outcome.text_ids:
            self._show()

    @Slot()
    def _reload(self) -> None:
        room = self._session.project.categories
        self._categories, self._exclusive = room.all(), room.scheme().exclusive
        keys = keys_of_categories(self._categories, self._actions.taken_keys())
        self.bar.show_categories(self._categories, keys, exclusive=self._exclusive)
        self._keys.renew(keys)
        self._show()

    def _show(self) -> None:
        """A project without categories has no row for them."""
        self.shelf.setVisible(bool(self._categories) and self._text_id is not None)
        self.bar.show_chosen(self._of_text())

    def _of_text(self) -> tuple[str, ...]:
        if not self._categories or self._text_id is None:
            return ()
        return self._session.project.categories.of_text(self._text_id)

    @Slot(str)
    def _toggle(self, name: str) -> None:
        """Choose a category, or take it off again."""
        text_id, chosen = self._text_id, self._of_text()
        if text_id is None:
            return
        if name in chosen:
            wanted = [one for one in chosen if one != name]
        else:
            wanted = [name] if self._exclusive else [*chosen, name]
        self._session.do(lambda: self._session.project.categories.choose(text_id, wanted))
        self._show()  # a click has marked the chip already, whatever came of it

    @Slot()
    def _find(self) -> None:
        if self._categories:
            self._finder.open_at(self._categories, self.shelf.mapToGlobal(QPoint(2 * UNIT, self.shelf.height())))
        else:
            self._session.told.emit("This project has no categories yet: add one in the menu Labels.")
