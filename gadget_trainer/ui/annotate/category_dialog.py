"""All that a category is, new or old: name, key, colour, what it means."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.label_names import problem_with_category, problem_with_category_key
from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.annotate.choice_dialog import ChoiceDialog


class CategoryDialog(ChoiceDialog):
    """Asks for all that a category is; ``category`` holds the answer when it is accepted."""

    def __init__(
        self,
        title: str,
        category: Category,
        taken: Collection[str],
        holders: Mapping[str, str],
        parent: QWidget,
        place_key: str,
    ) -> None:
        """``taken`` and ``holders`` are what stands in the way, as for a label's dialog.

        ``place_key`` is the key that the category has by its place, without one of its own.
        """

        def problem(name: str, key: str) -> str:
            # An empty field is no mistake yet: nothing is said of it before a name was typed.
            return (problem_with_category(name, taken) if name else "") or problem_with_category_key(key, holders)

        super().__init__("category", title, category, problem, parent, place_key)
        self._category = category
        self._name.setPlaceholderText("SPORT, COMPLAINT, POSITIVE …")
        self._key.setToolTip("A letter that chooses the category")
        self._description.setPlaceholderText("Which texts it is for, and which it is not for")

    def category(self) -> Category:
        """The category as it is to be."""
        return replace(
            self._category,
            name=self.name(),
            colour=self.colour(),
            description=self.description(),
            key=self.key(),
        )
