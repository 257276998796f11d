"""The settings of a run: a short form with defaults that are right for most, the rest behind “More”."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QToolButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import CategoryScheme, Pieces
from gadget_trainer.training.installed import installed_pipelines
from gadget_trainer.training.languages import languages, what_is_missing
from gadget_trainer.training.presets import GOVERNED, Preset, preset_of, with_preset
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.form_rows import add_row, rows
from gadget_trainer.ui.places import documents
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.base_box import BaseBox
from gadget_trainer.ui.train.config_row import ConfigRow
from gadget_trainer.ui.train.fields import (
    Field,
    beside,
    browse_button,
    choice,
    line,
    name,
    note,
    number,
    offer_disabled,
    set_usable,
    tell,
)
from gadget_trainer.ui.train.more_fields import IN_CONFIG, MoreFields
from gadget_trainer.ui.train.path_line import PathLine

_DEFAULTS = TrainingSettings(output=Path("model"))


class TrainingForm(QWidget):
    """Holds one run's settings; a change that matters for the tokens is said."""

    tokenizer_changed = Signal()
    """Another base or language was chosen, or other words are split."""

    def __init__(self, categories: Callable[[], CategoryScheme] = CategoryScheme) -> None:
        """``categories`` is asked for the project's, when a config is shown."""
        super().__init__()
        self._categories = categories
        self._words = 0
        self._config = ""
        self._splits: tuple[Pieces, ...] = ()
        self._filling = False
        self._make_fields()
        self._lay_out()
        self._connect()
        self._fill(replace(_DEFAULTS, output=documents() / "model"))
        self._preset.show(Preset.BALANCED)

    def settings(self) -> TrainingSettings:
        """What the form says now; not checked."""
        values: dict[str, Any] = {field.setting: field.read() for field in self._fields}
        values["output"] = Path(values["output"]).expanduser()
        return TrainingSettings(**values, config=self._config, splits=self._splits)

    def show_settings(self, settings: TrainingSettings) -> None:
        """Fill the form, and say which preset that is."""
        self._fill(settings)
        self._preset.show(preset_of(settings, self._words))
        self._describe_preset()

    def kept(self) -> dict[str, object]:
        """What a project remembers of the form."""
        return self.settings().to_json() | {"preset": self._preset.read()}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Show what was ``kept``; what is missing or wrong in it is as it was. A preset follows the words of today."""
        self.show_settings(TrainingSettings.from_json(kept, self.settings()))
        if kept.get("preset") in list(Preset):
            self._preset.show(kept["preset"])

    def fit_to(self, words: int) -> None:
        """There are about so many words of annotated text: a preset's fields follow."""
        self._words = words
        self._take_preset()

    def use_splits(self, splits: tuple[Pieces, ...]) -> None:
        """The project always splits these words; nothing in the form shows or changes them."""
        self._splits = splits
        self.tokenizer_changed.emit()

    def use_language(self, code: str) -> None:
        """Choose a language, as a person does in the list."""
        self._language.show(code)

    def offer_bases(self, folders: list[Path]) -> None:
        """Offer these pipelines to continue from, and those that are installed."""
        self.base.offer(folders)

    def finish(self) -> None:
        """End what works in a thread."""
        self._config_row.finish()

    def _make_fields(self) -> None:
        packages = installed_pipelines()
        known = languages()
        self._preset = choice("preset", [(preset.value, preset) for preset in Preset])
        self.base = BaseBox(packages)
        base = Field("base", self.base, self.base.currentTextChanged, self.base.base, self.base.show_base)
        self._language = choice("language", [(one.name, one.code) for one in known if not one.needs])
        self.language = self._language.widget
        if isinstance(self.language, QComboBox):
            for one in [one for one in known if one.needs]:
                offer_disabled(self.language, f"{one.name}: needs {one.needs}", one.code, what_is_missing(one.code))
        self._iterations = number("iterations", 1, 1000)
        self.output = PathLine()
        self._more = MoreFields(packages)
        self._fields = [base, self._language, self._iterations, line("output", self.output), *self._more.fields]
        self._base_note, self._language_note = note("baseFacts"), note("languageNote")
        self._preset_note = note("presetNote")
        self._config_row = ConfigRow(self.settings, self._words_now, self._categories)

    def _lay_out(self) -> None:
        top = rows()
        for words, widget, object_name, help_, shown in (
            ("Preset", self._preset.widget, "preset", _PRESET_HELP, self._preset_note),
            ("Start from", self.base, "baseModel", _BASE_HELP, self._base_note),
            ("Language", self.language, "language", _LANGUAGE_HELP, self._language_note),
            ("Iterations", self._iterations.widget, "iterations", _ITERATIONS_HELP, None),
            ("Save in", self.output, "outputFolder", _OUTPUT_HELP, None),
        ):
            name(widget, words, object_name, help_)
            add_row(top, words, widget, self._with_browse(widget))
            if shown is not None:
                top.addRow("", shown)
        self._toggle = QToolButton()
        self._toggle.setObjectName("moreSettings")
        self._toggle.setText("More")
        self._toggle.setCheckable(True)
        self._toggle.setProperty("quiet", True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._more.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addLayout(top)
        whole.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._more)
        whole.addWidget(self._config_row)

    def _words_now(self) -> int:
        return self._words

    def _with_browse(self, widget: QWidget) -> QWidget | None:
        if widget is self.base:
            return beside(widget, browse_button("base", "Choose the folder of a pipeline", self._browse_base))
        if widget is self.output:
            return beside(widget, browse_button("output", "Choose the folder to save in", self._browse_output))
        return None

    def _connect(self) -> None:
        self._toggle.toggled.connect(self._open_more)
        self._config_row.settings_taken.connect(self._take_config)
        self._config_row.left.connect(self._leave_config)
        self._preset.changed.connect(self._take_preset)
        for field in self._fields:
            if field.setting in GOVERNED:
                field.changed.connect(self._note_own_settings)
            if field.setting in ("base", "mix_in", "second_recogniser"):
                field.changed.connect(self._switch_fields)
        self.base.activated.connect(self._take_base)
        edit = self.base.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._take_base)
        self._language.changed.connect(self._take_language)

    def _fill(self, settings: TrainingSettings) -> None:
        self._filling = True
        self._config = settings.config
        for field in self._fields:
            field.show(getattr(settings, field.setting))
        self._filling = False
        self._show_base()

    def _show_base(self) -> None:
        """Say what the choice of base, language and config means."""
        tell(self._base_note, *self.base.facts())
        tell(self._language_note, "" if self.base.base() else what_is_missing(self._language.read()))
        self._config_row.show_own(own=bool(self._config))
        self._switch_fields()

    @Slot()
    def _switch_fields(self) -> None:
        base = self.base.base()
        own = bool(self._config)
        brings = "A base brings its own language." if base else ""
        set_usable(self.language, IN_CONFIG if own else brings)
        set_usable(self._preset.widget, IN_CONFIG if own else "")
        self._more.switch_fields(base=base, own_config=own)

    @Slot()
    def _take_preset(self) -> None:
        preset = Preset(self._preset.read())
        if not self._filling and not self._config and preset is not Preset.OWN:
            self._fill(with_preset(preset, self.settings(), self._words))
        self._describe_preset()

    @Slot()
    def _note_own_settings(self) -> None:
        if not self._filling:
            self._preset.show(Preset.OWN)

    def _describe_preset(self) -> None:
        tell(self._preset_note, Preset(self._preset.read()).help)

    @Slot()
    def _take_base(self) -> None:
        self._show_base()
        self.tokenizer_changed.emit()

    @Slot()
    def _take_language(self) -> None:
        if not self._filling:
            self._show_base()
        self.tokenizer_changed.emit()

    @Slot(bool)
    def _open_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    @Slot(object)
    def _take_config(self, settings: TrainingSettings) -> None:
        self.show_settings(settings)
        self._preset.show(Preset.OWN)
        self._describe_preset()
        self.tokenizer_changed.emit()

    @Slot()
    def _leave_config(self) -> None:
        self.show_settings(replace(self.settings(), config=""))

    @Slot()
    def _browse_base(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The pipeline to start from")
        if folder:
            self.base.setCurrentText(folder)
            self._take_base()

    @Slot()
    def _browse_output(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where the pipeline is saved", self.output.text())
        if folder:
            chosen = Path(folder)
            empty = not any(chosen.iterdir())
            self.output.setText(str(chosen if empty or (chosen / "meta.json").exists() else chosen / "model"))


_PRESET_HELP = "Fills in the fields by the number of words; changing one makes them your own settings."
_BASE_HELP = "A new pipeline, or the folder or name of a trained one that shall learn more."
_LANGUAGE_HELP = "The language of the texts: it decides how they are cut into tokens."
_ITERATIONS_HELP = "How often the training goes through all texts, of which the best time is kept."
_OUTPUT_HELP = "The folder that the pipeline is saved to, where spacy.load opens it."
