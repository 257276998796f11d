"""The settings behind “More”: right for most as they are."""

from collections.abc import Sequence
from importlib.util import find_spec

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.settings import CONFIG_DECIDES, LARGEST_BATCH, OPTIMIZERS
from gadget_trainer.ui.form_rows import add_row, rows
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.fields import (
    Field,
    beside,
    browse_button,
    choice,
    decimal,
    line,
    name,
    note,
    number,
    percent,
    set_usable,
    switch,
    tell,
)
from gadget_trainer.ui.train.path_line import PathLine

_BASE_ONLY = ("mix_in", "mix_in_amount", "mix_in_file", "second_recogniser")
IN_CONFIG = "Your own config decides this. Change it there, or go back to the settings."


class MoreFields(QWidget):
    """Fields, each with one sentence of help, and with a reason where it is switched off."""

    def __init__(self, packages: Sequence[str]) -> None:
        """``packages`` are the pipelines that are installed here."""
        super().__init__()
        self._form = rows()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addLayout(self._form)
        self.fields: list[Field] = []
        self._browse: dict[str, QPushButton] = {}
        self._add_learning()
        self._add_scoring()
        self._add_vectors(packages)
        self._add_mixing()
        self._no_gpu = "" if find_spec("cupy") else "CuPy is not installed here, and without it no graphics processor."

    def switch_fields(self, *, base: str, own_config: bool) -> None:
        """Switch off what has no effect now, each with the reason."""
        for field in self.fields:
            reason = ""
            if own_config and field.setting in CONFIG_DECIDES:
                reason = IN_CONFIG
            elif not base and field.setting in _BASE_ONLY:
                reason = "From scratch there is nothing to keep: choose a base to continue from."
            elif base and field.setting == "vectors":
                reason = "A base brings its own word vectors."
            elif field.setting == "gpu":
                reason = self._no_gpu
            elif field.setting.startswith("mix_in") and self._second_recogniser.read():
                reason = "The base's recogniser stays as it is, so nothing need be mixed in."
            elif field.setting.startswith("mix_in_") and not self._mix_in.read():
                reason = "Nothing is mixed in: switch on “Keep what the base knew”."
            set_usable(field.widget, reason)
            if field.setting in self._browse:
                set_usable(self._browse[field.setting], reason)

    def _add(self, words: str, field: Field, object_name: str, help_: str) -> Field:
        self._name(words, field, object_name, help_)
        add_row(self._form, words, field.widget)
        return field

    def _name(self, words: str, field: Field, object_name: str, help_: str) -> None:
        name(field.widget, words, object_name, help_)
        self.fields.append(field)

    def _add_learning(self) -> None:
        self._add("Optimiser", choice("optimizer", [(one, one) for one in OPTIMIZERS]), "optimiser", _OPTIMISER)
        rate = decimal("learn_rate", 0, 1, step=0.0005, digits=5, lowest="automatic")
        self._add("Learn rate", rate, "learnRate", _LEARN_RATE)
        size = number("batch_size", 0, LARGEST_BATCH, step=100, suffix=" words", lowest="automatic")
        self._add("Batch size", size, "batchSize", _BATCH)
        schedule = choice("compounding", [("fixed", False), ("compounding", True)])
        self._add("Batch schedule", schedule, "batchSchedule", _SCHEDULE)
        parts = number("accumulate", 1, 100, suffix=" parts", lowest="the whole batch at once")
        self._add("Accumulate", parts, "accumulate", _ACCUMULATE)
        self._add("Dropout", decimal("dropout", 0, 0.9, step=0.05), "dropout", _DROPOUT)

    def _add_scoring(self) -> None:
        patience = number("patience", 0, 1000, suffix=" iterations", lowest="all iterations")
        self._add("Patience", patience, "patience", _PATIENCE)
        every = number("evaluate_every", 1, 100, suffix=" iterations", lowest="each iteration")
        self._add("Evaluate after", every, "evaluateEvery", _EVALUATE)
        self._add("Held out", percent("held_out", 0, 90, suffix=" % of the texts"), "heldOutShare", _HELD_OUT)
        self._add("Seed", number("seed", 0, 2**31 - 1), "seed", _SEED)

    def _add_vectors(self, packages: Sequence[str]) -> None:
        box = QComboBox()
        box.setEditable(True)
        box.setLineEdit(PathLine())
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(_NO_VECTORS)
        box.addItems([package for package in packages if _vectors_in(package)])
        self._vectors = Field(
            "vectors",
            box,
            box.currentTextChanged,
            lambda: "" if box.currentText().strip() == _NO_VECTORS else box.currentText().strip(),
            lambda value: box.setCurrentText(value or _NO_VECTORS),
        )
        self._name("Word vectors", self._vectors, "vectors", _VECTORS)
        browse = browse_button("vectors", "Choose the folder of a pipeline with word vectors", self._browse_vectors)
        add_row(self._form, "Word vectors", box, beside(box, browse))
        self._browse["vectors"] = browse
        self._vectors_note = note("vectorsNote")
        self._form.addRow("", self._vectors_note)
        self._vectors.changed.connect(self._check_vectors)
        self._add("", switch("gpu", "Train on the graphics processor"), "gpu", _GPU)
        self._add("", switch("numpy_blas", "Multiply matrices with numpy"), "numpyBlas", _NUMPY_BLAS)

    def _add_mixing(self) -> None:
        self._mix_in = self._add("", switch("mix_in", "Keep what the base knew"), "mixIn", _MIX_IN)
        amount = decimal("mix_in_amount", 0, 10, step=0.5, digits=1, suffix=" × the annotated words")
        self._add("Mix in", amount, "mixInAmount", _MIX_IN_AMOUNT)
        edit = PathLine()
        edit.setPlaceholderText("only texts of the project")
        self._mix_in_file = line("mix_in_file", edit)
        self._name("Mix in from", self._mix_in_file, "mixInFile", _MIX_IN_FILE)
        browse = browse_button("mixInFile", "Choose a text file to mix in", self._browse_mix_in)
        add_row(self._form, "Mix in from", edit, beside(edit, browse))
        self._browse["mix_in_file"] = browse
        own = switch("second_recogniser", "New labels in a second recogniser")
        self._second_recogniser = self._add("", own, "secondRecogniser", _SECOND_RECOGNISER)

    @Slot()
    def _browse_vectors(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "A pipeline with word vectors")
        if folder:
            self._vectors.show(folder)

    @Slot()
    def _browse_mix_in(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Texts to mix in, one a line", "", _TEXT_FILES)
        if path:
            self._mix_in_file.show(path)

    @Slot()
    def _check_vectors(self) -> None:
        chosen = self._vectors.read()
        found = _vectors_in(chosen) if chosen else 0
        words = f"{found:,} word vectors." if found else "There are no word vectors in this pipeline."
        tell(self._vectors_note, words if chosen else "")


def _vectors_in(base: str) -> int:
    try:
        return base_facts(base).vectors
    except UserError:
        return 0


_NO_VECTORS = "none"
_TEXT_FILES = "Text files (*.txt);;All files (*)"
_OPTIMISER = "How the weights follow their gradients: Adam for most, RAdam starts more carefully."
_LEARN_RATE = "How far the weights move at each step; automatic is 0.002 from scratch, and 0.001 on a base."
_BATCH = "Words that are learned from at once; automatic follows the number of words."
_SCHEDULE = "Fixed makes all batches alike, compounding lets them begin at a tenth and grow."
_ACCUMULATE = "Parts that a batch is learned in, so that large batches need less memory."
_DROPOUT = "The share of the network switched off by chance at each step, against memorising."
_PATIENCE = "The run ends after so many iterations without a better score."
_EVALUATE = "How many iterations lie between two scores; fewer scores save time."
_HELD_OUT = "Texts that are not trained on, to see how well it does on texts that it does not know."
_SEED = "The same seed and texts give the same result."
_VECTORS = "What words mean, learned elsewhere from many texts: they help most where there are few texts."
_GPU = "It is faster with wide networks and large batches, and not for small ones."
_NUMPY_BLAS = "It is quicker on most processors, and gives weights that differ from spacy train's in their last digits."
_MIX_IN = "The base's own predictions are trained along, so that it does not forget its labels."
_SECOND_RECOGNISER = (
    "The base's recogniser stays as it is and forgets nothing; a second one learns the new labels, and reading takes "
    "longer."
)
_MIX_IN_AMOUNT = "How much of the base's own predictions is learned from, for each annotated word."
_MIX_IN_FILE = "A text file, a text a line, of the kind that the base was made for: it keeps its labels best there."
