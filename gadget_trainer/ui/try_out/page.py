"""The Try workspace: a text, its entities found while one types, and another reading of it beside them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.try_out.category_table import CategoryTable, categories_words, comparison_words
from gadget_trainer.ui.try_out.comparison import compare, entities_of, summary
from gadget_trainer.ui.try_out.entity_table import EntityTable
from gadget_trainer.ui.try_out.folder_panel import FolderPanel
from gadget_trainer.ui.try_out.model_bar import ModelBar
from gadget_trainer.ui.try_out.prediction_feed import (
    Compared,
    NoneLeft,
    Prediction,
    PredictionFeed,
    Reading,
    Searching,
    Walk,
)
from gadget_trainer.ui.try_out.project_texts import NO_TEXTS, ProjectTexts
from gadget_trainer.ui.try_out.readings import Readings
from gadget_trainer.ui.try_out.text_opening import OpenedText, open_text

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_PAUSE = 300  # milliseconds after the last key until entities are looked for

_NO_MODEL = "Train a pipeline first, or choose the folder of one."
_NO_TEXT = "Type or paste a text."


class TryPage(QWidget):
    """Shows what a pipeline makes of a text, alone or beside another reading."""

    def __init__(self, session: "Session", models: list[Path]) -> None:
        super().__init__()
        self._session = session
        self.choices = ModelBar(models)
        self._texts = ProjectTexts(session)
        self.input = _input()
        self._readings = Readings()
        self._table = EntityTable()
        self._categories = CategoryTable()
        self._words = _status()
        self._copy = _button("copyEntities", "Copy entities", "text")
        self._open = _button("openTryText", "Open a text…", "open")
        self._folder = _button("annotateFolder", "Annotate a folder…", "folder")
        self._folder.setCheckable(True)
        self._panel = FolderPanel()
        self._panel.hide()
        self._feed = PredictionFeed(self)
        self._opening = LatestSteps(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._connect()
        self._ask()

    def enter(self) -> None:
        """The workspace is shown now: annotations may have changed meanwhile."""
        if self.choices.compares_annotations():
            self._ask()
        else:
            self.input.setFocus()

    def offer(self, folder: Path) -> None:
        """Choose a pipeline that was just saved."""
        self._feed.forget(folder)
        self.choices.offer(folder)
        self._pause.start()

    def set_text_size(self, points: float) -> None:
        """The size of all texts."""
        font = self.input.font()
        font.setPointSizeF(points)
        self.input.setFont(font)
        self._readings.set_text_size(points)

    def set_label_colours(self, colours: dict[str, str]) -> None:
        """Show labels that the project has too in the project's colours."""
        self._readings.set_label_colours(colours)

    def finish(self) -> None:
        """End what is under way."""
        self._pause.stop()
        for work in (self._feed, self._opening, self._panel):
            work.finish()

    # -- what is asked for

    @Slot()
    def _ask(self) -> None:
        model, other, text = self.choices.folder(), self.choices.other_folder(), self.input.toPlainText()
        self._arrange()
        self._panel.use_model(model)
        if not model:
            self._show_nothing(_NO_MODEL)
        elif self.choices.compares_annotations():
            if not self._texts.begin():
                self._show_nothing(NO_TEXTS)
        elif text:
            self._words.setText("Looking for entities…")
            self._feed.predict(text, model, other)
        else:
            self._show_nothing(_NO_TEXT)

    @Slot(object)
    def _walk(self, walk: Walk) -> None:
        self._words.setText("Looking for entities…")
        self._feed.walk(self._session.project, self.choices.folder(), walk)

    def _show_nothing(self, sentence: str) -> None:
        self._feed.cancel()
        self._readings.clear()
        self._table.model.show_one([])
        self._categories.show_none()
        self._words.setText(sentence)
        self._enable()

    # -- what was found

    @Slot(object)
    def _show(self, record: object) -> None:
        match record:
            case Prediction(right=None):
                self._show_one(record)
            case Prediction(text=text, left=left, right=Reading() as right):
                self._show_both(text, left, right, "The two pipelines")
            case Compared(annotated=annotated, found=found):
                self._texts.note_position(record.position)
                yours = Reading(annotated.spans, (), categories=annotated.categories)
                self._show_both(annotated.text, found, yours, "The pipeline and you")
            case Searching() | NoneLeft():
                self._words.setText(self._texts.sentence(record))
        self._enable()

    def _show_one(self, found: Prediction) -> None:
        spans, labels = found.left.spans, found.left.labels
        self._readings.show_one(found.text, spans, labels)
        self._table.model.show_one(entities_of(found.text, spans))
        self._categories.show_one(found.left)
        count = len(spans)
        noun = "entity" if count <= 1 else "entities"
        knows = f"knows {', '.join(labels)}" if labels else "has no entity recogniser"
        said = f"{f'{count:,}' if count else 'No'} {noun} found. This pipeline {knows}.{categories_words(found.left)}"
        self._words.setText(said if found.complete else f"{said} Asking the second one…")

    def _show_both(self, text: str, left: Reading, right: Reading, who: str) -> None:
        entities = compare(text, left.spans, right.spans)
        self._readings.show_both(text, entities, (*left.labels, *right.labels))
        self._table.model.show_both(entities)
        self._categories.show_both(left, right)
        self._words.setText(f"{who}: {summary(entities)}.{comparison_words(left, right)}")

    # -- files

    @Slot()
    def _open_text(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a text", "", "Texts (*.txt);;All files (*)")
        if name:
            self._opening.ask(partial(open_text, Path(name)))

    @Slot(object)
    def _take_text(self, opened: OpenedText) -> None:
        if self.choices.compares_annotations():
            self.choices.compare_with_nothing()
        self.input.setPlainText(opened.text)

    @Slot(bool)
    def _show_panel(self, shown: bool) -> None:
        self._panel.setVisible(shown)
        if shown:
            self._panel.source.setFocus()

    @Slot(int)
    def _note_copy(self, rows: int) -> None:
        self._session.told.emit(f"{rows:,} {'entity' if rows == 1 else 'entities'} copied")

    # -- how it is arranged

    def _arrange(self) -> None:
        """One reading stands beside the text, two stand below it; a text of the project is not typed into."""
        mine, other = self.choices.compares_annotations(), self.choices.other_folder()
        self._texts.setVisible(mine)
        self.input.setVisible(not mine)
        self._turn_sides(Qt.Orientation.Vertical if other else Qt.Orientation.Horizontal)
        right = "Your annotations" if mine else Path(other).name
        self._readings.name_sides(Path(self.choices.folder()).name, right if mine or other else None)
        self._enable()

    def _turn_sides(self, orientation: Qt.Orientation) -> None:
        if orientation != self._sides.orientation():
            self._sides.setOrientation(orientation)
            self._sides.setSizes([500, 500] if orientation == Qt.Orientation.Horizontal else [300, 600])

    def _enable(self) -> None:
        self._copy.setEnabled(self._table.model.rowCount() > 0)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._ask)
        self.input.textChanged.connect(self._pause.start)
        self.choices.changed.connect(self._pause.start)
        self._texts.walk_requested.connect(self._walk)
        self._feed.stepped.connect(self._show)
        self._feed.failed.connect(self._words.setText)
        self._opening.stepped.connect(self._take_text)
        self._opening.failed.connect(self._words.setText)
        self._table.entity_chosen.connect(self._readings.show_place)
        self._table.copied.connect(self._note_copy)
        self._copy.clicked.connect(self._table.copy)
        self._open.clicked.connect(self._open_text)
        self._folder.toggled.connect(self._show_panel)

    def _lay_out(self) -> None:
        self._sides = _bare(QSplitter())
        self._sides.addWidget(self.input)
        self._sides.addWidget(self._readings)
        self._sides.setSizes([500, 500])
        tables = _bare(QSplitter())
        tables.addWidget(self._table)
        tables.addWidget(self._categories)
        tables.setSizes([600, 400])
        parts = _bare(QSplitter(Qt.Orientation.Vertical))
        parts.addWidget(self._sides)
        parts.addWidget(tables)
        parts.setStretchFactor(0, 1)
        parts.setSizes([500, 200])
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self._words, 1)
        for button in (self._copy, self._open, self._folder):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addWidget(self.choices)
        whole.addWidget(self._texts)
        whole.addWidget(parts, 1)
        whole.addLayout(buttons)
        whole.addWidget(self._panel)


def _input() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setObjectName("tryInput")
    field.setAccessibleName("Text to try")
    field.setPlaceholderText("Paste a text here…")
    return field


def _status() -> QLabel:
    words = QLabel()
    words.setObjectName("tryStatus")
    words.setProperty("second", True)
    words.setWordWrap(True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    return words


def _bare(splitter: QSplitter) -> QSplitter:
    splitter.setHandleWidth(2 * UNIT)
    splitter.setProperty("bare", True)
    splitter.setChildrenCollapsible(False)
    return splitter


def _button(name: str, words: str, picture: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    put_icon(button, picture)
    return button
