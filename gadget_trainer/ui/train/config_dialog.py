"""The spaCy config of the next run: seen, saved, loaded and edited. Stays open beside the window while one works."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.errors import UserError
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.settings import TrainingSettings, read_config
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.fields import name, note, tell

_FILES = "spaCy configs (*.cfg);;All files (*)"


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a text is no config that a run can use."""

    sentence: str
    line: int
    """From 1; 0 if no line is to blame."""


class ConfigDialog(QDialog):
    """Shows the config that the settings make, or the person's own, and takes over what they change in it."""

    settings_taken = Signal(object)
    """TrainingSettings whose config is the one in the dialog."""

    def __init__(
        self, settings: Callable[[], TrainingSettings], categories: Callable[[], CategoryScheme], parent: QWidget
    ) -> None:
        """Asked whenever they are needed: the form's settings, and the categories of the project."""
        super().__init__(parent)
        self.setObjectName("configDialog")
        self.setWindowTitle("Config of the next run")
        self.resize(90 * UNIT, 90 * UNIT)
        self._settings = settings
        self._categories = categories
        self._words = 0
        self._work = LatestSteps(self)
        self._work.stepped.connect(self._take)
        self._work.failed.connect(self._fail)
        self._text = QPlainTextEdit()
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        name(self._text, "Config", "configText", "The config.cfg that spacy train understands as well.")
        self._message = note("configMessage")
        self._use = _button("useConfig", "Use this config", "The next run is trained with this text.")
        self._use.setProperty("primary", True)
        self._made = _button("madeConfig", "From the settings", "Show what the form's settings make, instead of this.")
        self._load = _button("loadConfig", "Load…", "Show the config of a file.")
        self._save = _button("saveConfig", "Save…", "Write this text to a file.")
        self._lay_out()
        self._use.clicked.connect(self._check)
        self._made.clicked.connect(self._make)
        self._load.clicked.connect(self._load_file)
        self._save.clicked.connect(self._save_file)
        self._text.textChanged.connect(self._forget_message)

    def open_for(self, words: int) -> None:
        """Show the config of a run over about ``words`` words."""
        self._words = words
        self.show()
        self.raise_()
        self.activateWindow()
        own = self._settings().config
        if own:
            self._text.setPlainText(own)
        else:
            self._make()

    def finish(self) -> None:
        """End the thread."""
        self._work.finish()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self._load, self._save, self._made):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._text, 1)
        column.addWidget(self._message)
        column.addLayout(buttons)

    @Slot()
    def _make(self) -> None:
        self._begin("Making the config from the settings.")
        self._work.ask(_made(replace(self._settings(), config=""), self._words, self._categories))

    @Slot()
    def _check(self) -> None:
        self._begin("Looking at the config.")
        self._work.ask(_checked(self._settings(), self._text.toPlainText(), self._categories))

    def _begin(self, sentence: str) -> None:
        tell(self._message, sentence)
        self._use.setEnabled(False)

    @Slot(object)
    def _take(self, record: object) -> None:
        self._use.setEnabled(True)
        if isinstance(record, str):
            self._text.setPlainText(record)
        elif isinstance(record, _Refused):
            tell(self._message, record.sentence)
            self._go_to(record.line)
        elif isinstance(record, TrainingSettings):
            self.settings_taken.emit(record)
            self.close()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._use.setEnabled(True)
        tell(self._message, sentence)

    @Slot()
    def _forget_message(self) -> None:
        tell(self._message, "")

    def _go_to(self, line: int) -> None:
        if line:
            cursor = QTextCursor(self._text.document().findBlockByNumber(line - 1))
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            self._text.setTextCursor(cursor)
            self._text.centerCursor()
            self._text.setFocus()

    @Slot()
    def _load_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Load a config", "", _FILES)
        if chosen:
            try:
                self._text.setPlainText(read_config(Path(chosen)))
            except UserError as error:
                self._fail(str(error))

    @Slot()
    def _save_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the config", "config.cfg", _FILES)
        if chosen:
            try:
                Path(chosen).write_text(self._text.toPlainText(), encoding="utf-8")
            except OSError as error:
                self._fail(f"“{chosen}” can't be written: {error.strerror or error}. Choose another place.")
            else:
                tell(self._message, f"Saved in “{chosen}”.")


def _made(
    settings: TrainingSettings, words: int, categories: Callable[[], CategoryScheme]
) -> Callable[[], Iterator[object]]:
    def make() -> Iterator[object]:
        import_spacy()
        from gadget_trainer.training.run_config import config_text  # spaCy is there by now

        yield config_text(settings, words, categories())

    return make


def _checked(
    settings: TrainingSettings, text: str, categories: Callable[[], CategoryScheme]
) -> Callable[[], Iterator[object]]:
    def check() -> Iterator[object]:
        import_spacy()
        from gadget_trainer.training.own_config import ConfigError  # spaCy is there by now
        from gadget_trainer.training.run_config import with_config

        try:
            yield with_config(settings, text, categories())
        except ConfigError as error:
            yield _Refused(str(error), error.line)

    return check


def _button(object_name: str, words: str, help_: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    name(button, words, object_name, help_)
    return button
