"""The settings of a run: a short form with defaults that are right for most, the rest behind “More”."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.training.installed import installed_pipelines
from gadget_trainer.training.languages import languages
from gadget_trainer.training.settings import LARGEST_BATCH, TrainingSettings
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.places import documents
from gadget_trainer.ui.theme import UNIT

SCRATCH = "From scratch"

_DEFAULTS = TrainingSettings(output=Path("model"))


class TrainingForm(QWidget):
    """Holds one run's settings; a change that matters for the tokens is said."""

    tokenizer_changed = Signal()
    """Another base or language was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.iterations_chosen = False
        """Whether the person chose the number of iterations."""
        self._make_fields()
        self._more = self._more_fields()
        self._lay_out()
        self.base.currentTextChanged.connect(self._enable_fields)
        self.base.activated.connect(self.tokenizer_changed)
        line = self.base.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.tokenizer_changed)
        self.language.currentIndexChanged.connect(self.tokenizer_changed)
        self.iterations.valueChanged.connect(self._note_iterations)
        self._enable_fields()

    def settings(self) -> TrainingSettings:
        """What the form says now; not checked."""
        base = self.base.currentText().strip()
        return TrainingSettings(
            base="" if base == SCRATCH else base,
            language=self.language.currentData() or _DEFAULTS.language,
            iterations=self.iterations.value(),
            batch_size=self.batch_size.value(),
            compounding=self.schedule.currentIndex() == 1,
            dropout=self.dropout.value(),
            held_out=self.held_out.value() / 100,
            seed=self.seed.value(),
            output=Path(self.output.text().strip()).expanduser(),
            mix_in=self.mix_in.isChecked(),
        )

    def show_settings(self, settings: TrainingSettings) -> None:
        """Fill the form."""
        self.base.setCurrentText(settings.base or SCRATCH)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.iterations.setValue(settings.iterations)
        self.batch_size.setValue(settings.batch_size)
        self.schedule.setCurrentIndex(int(settings.compounding))
        self.dropout.setValue(settings.dropout)
        self.held_out.setValue(round(settings.held_out * 100))
        self.seed.setValue(settings.seed)
        self.output.setText(str(settings.output))
        self.mix_in.setChecked(settings.mix_in)

    def suggest_iterations(self, iterations: int) -> None:
        """Fill in a number of iterations, unless the person chose one."""
        if not self.iterations_chosen:
            self.iterations.setValue(iterations)
            self.iterations_chosen = False

    def offer_bases(self, folders: list[Path]) -> None:
        """Offer these pipelines to continue from, and those that are installed."""
        chosen = self.base.currentText()
        self.base.blockSignals(True)
        self.base.clear()
        self.base.addItems([SCRATCH, *map(str, folders), *installed_pipelines()])
        self.base.setCurrentText(chosen or SCRATCH)
        self.base.blockSignals(False)

    def _make_fields(self) -> None:
        self.base = QComboBox()
        self.base.setEditable(True)
        self.base.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.base.addItem(SCRATCH)
        self.base.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language = QComboBox()
        for one in languages():
            self.language.addItem(one.name, one.code)
        self.language.setCurrentIndex(max(0, self.language.findData(_DEFAULTS.language)))
        self.iterations = _spin_box(1, 1000, _DEFAULTS.iterations)
        self.output = QLineEdit(str(documents() / "model"))
        self.batch_size = _spin_box(0, LARGEST_BATCH, _DEFAULTS.batch_size)
        self.batch_size.setSingleStep(100)
        self.batch_size.setSuffix(" words")
        self.batch_size.setSpecialValueText("automatic")
        self.schedule = QComboBox()
        self.schedule.addItems(["fixed", "compounding"])
        self.schedule.setCurrentIndex(int(_DEFAULTS.compounding))
        self.dropout = QDoubleSpinBox()
        _indent(self.dropout)
        self.dropout.setRange(0.0, 0.9)
        self.dropout.setSingleStep(0.05)
        self.dropout.setValue(_DEFAULTS.dropout)
        self.held_out = _spin_box(0, 90, round(_DEFAULTS.held_out * 100))
        self.held_out.setSuffix(" % of the texts")
        self.seed = _spin_box(0, 2**31 - 1, _DEFAULTS.seed)
        self.mix_in = QCheckBox("Keep what the base knew")
        self.mix_in.setChecked(_DEFAULTS.mix_in)

    def _lay_out(self) -> None:
        top = _rows(
            _field("Start from", self.base, "baseModel", _BASE_HELP, self._browse_button(self._browse_base, "base")),
            _field("Language", self.language, "language", _LANGUAGE_HELP),
            _field("Iterations", self.iterations, "iterations", _ITERATIONS_HELP),
            _field(
                "Save in", self.output, "outputFolder", _OUTPUT_HELP, self._browse_button(self._browse_output, "output")
            ),
        )
        self._more.hide()
        self._toggle = QToolButton()
        self._toggle.setObjectName("moreSettings")
        self._toggle.setText("More")
        self._toggle.setCheckable(True)
        self._toggle.setProperty("quiet", True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._toggle.toggled.connect(self._show_more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addLayout(top)
        whole.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._more)

    def _more_fields(self) -> QWidget:
        more = QWidget()
        rows = _rows(
            _field("Batch size", self.batch_size, "batchSize", _BATCH_HELP),
            _field("Batch schedule", self.schedule, "batchSchedule", _SCHEDULE_HELP),
            _field("Dropout", self.dropout, "dropout", _DROPOUT_HELP),
            _field("Held out", self.held_out, "heldOutShare", _HELD_OUT_HELP),
            _field("Seed", self.seed, "seed", _SEED_HELP),
            _field("", self.mix_in, "mixIn", _MIX_IN_HELP),
        )
        rows.setContentsMargins(0, 0, 0, 0)
        more.setLayout(rows)
        return more

    def _browse_button(self, browse: object, what: str) -> QPushButton:
        button = QPushButton()
        put_icon(button, "folder")
        button.setObjectName(f"browse:{what}")
        button.setAccessibleName(f"Choose the {what} folder")
        button.setToolTip("Choose a folder")
        button.setProperty("quiet", True)
        button.clicked.connect(browse)
        return button

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    @Slot()
    def _enable_fields(self) -> None:
        scratch = self.base.currentText().strip() in ("", SCRATCH)
        self.language.setEnabled(scratch)
        self.mix_in.setEnabled(not scratch)

    @Slot()
    def _note_iterations(self) -> None:
        self.iterations_chosen = True

    @Slot()
    def _browse_base(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The pipeline to start from")
        if folder:
            self.base.setCurrentText(folder)
            self.tokenizer_changed.emit()

    @Slot()
    def _browse_output(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where the pipeline is saved", self.output.text())
        if folder:
            chosen = Path(folder)
            empty = not any(chosen.iterdir())
            self.output.setText(str(chosen if empty or (chosen / "meta.json").exists() else chosen / "model"))


def _spin_box(low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setGroupSeparatorShown(True)
    _indent(box)
    box.setValue(value)
    return box


def _indent(box: QAbstractSpinBox) -> None:
    """Begin where the text of other fields begins; a style sheet's padding does not reach a spin box's text."""
    box.lineEdit().setTextMargins(UNIT - 2, 0, 0, 0)


_Row = tuple[str, QWidget, QWidget]


def _field(words: str, widget: QWidget, name: str, help_: str, beside: QWidget | None = None) -> _Row:
    widget.setObjectName(name)
    if words:
        widget.setAccessibleName(words)
    widget.setToolTip(help_)
    widget.setAccessibleDescription(help_)
    shown = widget
    if beside is not None:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(widget, 1)
        row.addWidget(beside)
    return words, widget, shown


def _rows(*fields: _Row) -> QFormLayout:
    form = QFormLayout()
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setHorizontalSpacing(2 * UNIT)
    form.setVerticalSpacing(UNIT)
    for words, widget, shown in fields:
        label = QLabel(words)
        label.setBuddy(widget)
        label.setMinimumHeight(shown.sizeHint().height())
        form.addRow(label, shown)
    return form


_BASE_HELP = "A new pipeline, or the folder or name of a trained one that shall learn more."
_LANGUAGE_HELP = "The language of the texts: it decides how they are cut into tokens."
_ITERATIONS_HELP = "How often the training goes through all texts. The best iteration is kept."
_OUTPUT_HELP = "The folder that the pipeline is saved to. spacy.load opens it."
_BATCH_HELP = "Words that are learned from at once. Automatic follows the number of words."
_SCHEDULE_HELP = "Fixed: all batches alike. Compounding: they begin at a tenth and grow."
_DROPOUT_HELP = "The share of the network switched off by chance at each step, against memorising."
_HELD_OUT_HELP = "Texts that are not trained on, to see how well it does on texts that it does not know."
_SEED_HELP = "The same seed and texts give the same result."
_MIX_IN_HELP = "The base's own predictions are trained along, so that it does not forget its labels."
