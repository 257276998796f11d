"""The panel in which a folder of texts is annotated into a file: from where, to where, how far, what came of it."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
)

from gadget_trainer.training.annotated import Annotating
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.places import documents
from gadget_trainer.ui.steps import Steps
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.try_out.annotating_job import AnnotatedFile, annotate_files, files_of, result_sentence

_STEPS = 1000
_INVITATION = (
    "Each .txt file is one text; JSONL files hold a text a line. The file is JSONL, or a DocBin if it ends in .spacy."
)
_FILES = "Texts (*.txt *.jsonl *.ndjson);;All files (*)"
_TARGETS = "JSONL (*.jsonl);;spaCy DocBin (*.spacy)"


class FolderPanel(QFrame):
    """Annotates files with the pipeline that is chosen above, in a thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("folderPanel")
        self.setProperty("card", True)
        self._model = ""
        self._steps: Steps | None = None
        self._said = False
        self.source = _line("annotateSource", "Folder or files with texts", "A folder, or text files")
        self.target = _line("annotateTarget", "File to write", "A file that ends in .jsonl or .spacy")
        self._folder = _button("browse:annotateFolder", "Folder…", "Choose a folder with texts", "folder")
        self._files = _button("browse:annotateFiles", "Files…", "Choose text files", "text")
        self._save_as = _button("browse:annotateTarget", "Choose…", "Choose the file to write", "export")
        self._start = _button("startAnnotating", "Annotate", "Annotate the texts", "start")
        self._cancel = _button("cancelAnnotating", "Cancel", "Cancel the annotating", "stop")
        self._progress = QProgressBar()
        self._progress.setObjectName("annotatingProgress")
        self._progress.setAccessibleName("Progress of the annotating")
        self._progress.setRange(0, _STEPS)
        self._progress.setTextVisible(False)
        self._words = QLabel(_INVITATION)
        self._words.setObjectName("annotatingStatus")
        self._words.setProperty("second", True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._lay_out()
        self._folder.clicked.connect(self._choose_folder)
        self._files.clicked.connect(self._choose_files)
        self._save_as.clicked.connect(self._choose_target)
        self._start.clicked.connect(self.start)
        self._cancel.clicked.connect(self.cancel)
        self._enable()

    def use_model(self, model: str) -> None:
        """Annotate with this pipeline, a folder or a name, the next time."""
        self._model = model

    def is_running(self) -> bool:
        """Whether files are being annotated."""
        return self._steps is not None

    @Slot()
    def start(self) -> None:
        """Annotate; what stands in the way is said."""
        if self._steps is not None:
            return
        model, source = self._model, self.source.text()
        target = Path(self.target.text().strip()).expanduser()
        wrong = _problem(model, self.target.text())
        if wrong:
            self._words.setText(wrong)
            return
        self._said = False
        self._progress.setValue(0)
        self._words.setText("Loading the pipeline…")
        self._steps = Steps(lambda: _annotate(model, source, target), self, lambda one: isinstance(one, Annotating))
        self._steps.stepped.connect(self._show)
        self._steps.failed.connect(self._fail)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()
        self._enable()

    @Slot()
    def cancel(self) -> None:
        """End it without a file."""
        if self._steps is not None:
            self._steps.stop()
            self._words.setText("Cancelling…")
            self._cancel.setEnabled(False)

    def finish(self) -> None:
        """End what is under way."""
        if self._steps is not None:
            self._steps.finish()

    @Slot(object)
    def _show(self, record: object) -> None:
        if isinstance(record, AnnotatedFile):
            self._progress.setValue(_STEPS)
            self._say(result_sentence(record))
        elif isinstance(record, Annotating) and self._steps is not None and not self._steps.was_stopped():
            self._progress.setValue(round(record.fraction * _STEPS))
            self._words.setText(f"{record.texts:,} texts, {record.spans:,} entities so far")

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._progress.setValue(0)
        self._say(sentence)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        self._fail("The annotating ended by a fault of the program. Nothing was written.")
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        if self._steps is not None:
            self._steps.deleteLater()
            self._steps = None
        if not self._said:
            self._fail("Cancelled. Nothing was written.")
        self._enable()

    def _say(self, sentence: str) -> None:
        self._said = True
        self._words.setText(sentence)

    @Slot()
    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "A folder with texts", self.source.text())
        if folder:
            self._set_source(folder, Path(folder))

    @Slot()
    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Files with texts", "", _FILES)
        if names:
            self._set_source(" ".join(f'"{name}"' for name in names), Path(names[0]))

    def _set_source(self, words: str, first: Path) -> None:
        self.source.setText(words)
        if not self.target.text().strip():
            self.target.setText(str(_free(documents() / f"{first.stem} annotated.jsonl")))

    @Slot()
    def _choose_target(self) -> None:
        name, chosen = QFileDialog.getSaveFileName(self, "File to write", self.target.text(), _TARGETS)
        if name:
            suffix = ".spacy" if "spacy" in chosen else ".jsonl"
            self.target.setText(name if Path(name).suffix else name + suffix)

    def _enable(self) -> None:
        running = self._steps is not None
        for widget in (self.source, self.target, self._folder, self._files, self._save_as, self._start):
            widget.setEnabled(not running)
        self._cancel.setEnabled(running)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        grid.setSpacing(UNIT)
        for row, (words, field, buttons) in enumerate(
            (("Texts", self.source, (self._folder, self._files)), ("Save as", self.target, (self._save_as,)))
        ):
            heading = QLabel(words)
            heading.setBuddy(field)
            grid.addWidget(heading, row, 0)
            grid.addWidget(field, row, 1)
            for column, button in enumerate(buttons, start=2):
                grid.addWidget(button, row, column)
        last = QHBoxLayout()
        last.setSpacing(UNIT)
        last.addWidget(self._start)
        last.addWidget(self._cancel)
        last.addWidget(self._progress, 1)
        grid.addLayout(last, 2, 0, 1, 4)
        grid.addWidget(self._words, 3, 0, 1, 4)


def _annotate(model: str, source: str, target: Path) -> Iterator[object]:
    # Listing a folder of a hundred thousand files takes a while, so it is done here in the thread.
    yield from annotate_files(model, files_of(source, target), target)


def _problem(model: str, target: str) -> str:
    """What has to be chosen before; empty where nothing is missing."""
    if not model:
        return "Choose a pipeline above first."
    return "" if target.strip() else "Choose the file to write first."


def _free(path: Path) -> Path:
    """That path, or with the first number at which there is no file yet."""
    numbered = (path.with_stem(f"{path.stem} {number}") for number in count(2))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def _line(name: str, words: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(words)
    line.setPlaceholderText(hint)
    return line


def _button(name: str, words: str, meaning: str, picture: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(meaning)
    put_icon(button, picture)
    return button
