"""All that a label is, new or old: name, key, colour, what it means, examples."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.label_names import problem_with_key, problem_with_name
from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.annotate.choice_dialog import ChoiceDialog, page


class LabelDialog(ChoiceDialog):
    """Asks for all that a label is; ``label`` holds the answer when it is accepted."""

    def __init__(
        self,
        title: str,
        label: Label,
        taken: Collection[str],
        holders: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        digit: str = "",
    ) -> None:
        """``taken`` are the names of the other labels, ``holders`` what keys do already (see ``problem_with_key``).

        ``digit`` is the key that the label has by its place, without one of its own.
        """

        def problem(name: str, key: str) -> str:
            # An empty field is no mistake yet: nothing is said of it before a name was typed.
            return (problem_with_name(name, taken) if name else "") or problem_with_key(key, holders)

        super().__init__("label", title, label, problem, parent, digit)
        self._label = label
        self._name.setPlaceholderText("PERSON, PLACE, PRODUCT …")
        self._key.setToolTip("A letter or digit that chooses the label in the text")
        self._description.setPlaceholderText("What is labelled so, and what is not")
        self._examples = page("\n".join(label.examples), "labelExamples", "Examples of the label")
        self._examples.setPlaceholderText("One in a line")
        self.add_page("Examples", self._examples)

    def label(self) -> Label:
        """The label as it is to be."""
        return replace(
            self._label,
            name=self.name(),
            colour=self.colour(),
            description=self.description(),
            examples=tuple(one.strip() for one in self._examples.toPlainText().splitlines() if one.strip()),
            key=self.key(),
        )
