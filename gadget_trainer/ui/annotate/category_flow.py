"""Adding, changing and deleting categories, and how many a text may have: dialogs and questions around the edits."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.records import Category
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.category_bar import CategoryBar
from gadget_trainer.ui.annotate.category_dialog import CategoryDialog
from gadget_trainer.ui.annotate.category_keys import keys_of_categories
from gadget_trainer.ui.annotate.choice_keys import key_holders
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class CategoryFlow(QObject):
    """Leads through a change of the categories."""

    def __init__(
        self,
        session: "Session",
        bar: CategoryBar,
        texts: TextList,
        notice: NoticeBar,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._texts = texts
        self._notice = notice
        self._actions = actions
        self._window = window
        bar.change_requested.connect(self.change)
        bar.delete_requested.connect(self.delete)
        bar.overview_requested.connect(actions["showCategories"].trigger)
        actions["addCategory"].triggered.connect(self.add)

    @Slot()
    def add(self) -> None:
        """Ask for a new category."""
        room = self._session.project.categories
        dialog = self._dialog("New category", Category(0, "", next_colour([one.colour for one in room.all()])))

        def add() -> None:
            new = dialog.category()
            wish = partial(room.add, new.name, new.colour, description=new.description, key=new.key)
            self._session.do(wish)

        dialog.accepted.connect(add)
        dialog.open()

    @Slot(object)
    def change(self, category: Category) -> None:
        """Ask for what the category should be, and make it that in one step."""
        dialog = self._dialog(f"Change {category.name}", category)
        room = self._session.project.categories
        dialog.accepted.connect(lambda: self._session.do(lambda: room.change(dialog.category())))
        dialog.open()

    @Slot(object)
    def delete(self, category: Category) -> None:
        """Say how many texts a category is taken off, and delete it when that is wanted."""
        count = self._session.counts().categories.get(category.id, 0)
        texts = f"its {count:,} {'text' if count == 1 else 'texts'}" if count else "no text"
        self._notice.ask(
            f"Deleting {category.name} takes it off {texts}. It can be undone.",
            Delete=lambda: self._session.do_steps(
                f"Deleting {category.name}",
                count,
                lambda: self._session.project.categories.delete_steps(category.id),
            ),
            Keep=lambda: None,
        )

    def move(self, category: Category, by: int) -> None:
        """Let a category stand that many places further."""
        room = self._session.project.categories
        ids = [one.id for one in room.all()]
        place = ids.index(category.id)
        ids.insert(place + by, ids.pop(place))
        self._session.do(lambda: room.reorder(ids))

    def set_exclusive(self, exclusive: bool) -> None:
        """Let a text have one category only, or several; lead to the texts that stand in the way."""
        room = self._session.project.categories
        several = room.texts_with_several() if exclusive else ()
        if not several:
            self._session.do(lambda: room.set_exclusive(exclusive))
            return
        texts = "1 text has" if len(several) == 1 else f"{len(several):,} texts have"
        self._notice.ask(
            f"{texts} several categories. Leave one of them on each text, then a text can have one only.",
            Show_them=lambda: self._texts.show_only(several, "with several categories"),
            Later=lambda: None,
        )

    def show_texts(self, which: TextFilter) -> None:
        """Show just the texts that are asked for."""
        self._texts.bar.look_for(which)

    def _dialog(self, title: str, category: Category) -> CategoryDialog:
        project = self._session.project
        categories = project.categories.all()
        others = [one for one in categories if one.id != category.id]
        after = [replace(one, key="") if one.id == category.id else one for one in categories]
        place_key = keys_of_categories(after if category.id else [*categories, category], self._actions.taken_keys())[
            category.name
        ]
        holders = key_holders([*project.read.labels(), *others], self._actions)
        dialog = CategoryDialog(title, category, {one.name for one in others}, holders, self._window, place_key)
        dialog.finished.connect(dialog.deleteLater)
        return dialog
