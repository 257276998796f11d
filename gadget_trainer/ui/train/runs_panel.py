"""The runs of the project: one row a run; one that is chosen is shown again, two are compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.training.held_out_words import range_text
from gadget_trainer.training.past_runs import Folder, PastRun, setting_words, settings_that_differ, value_words
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.run_comparison import RunComparison
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel, macro_f_text, score_text
from gadget_trainer.ui.train.tables import score_table

_EMPTY = "No run is kept in this project yet. Each run will be listed here, to be shown again and compared."
_HINT = "Choose a run to see its curve and scores again. Choose two (Ctrl and a click) to compare them."
_NUMBERS = (1, 2, 3, 4)
_NAMED_LABELS = 2
_CATEGORIES = "macro F"


@dataclass(frozen=True, slots=True)
class _Row:
    run: PastRun
    changes: str
    """What differs from the run before."""


class RunModel(RecordModel[_Row]):
    """A row a run, the latest first."""

    columns: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("when", lambda row: row.run.when),
        ("texts", lambda row: NO_SCORE if row.run.texts is None else f"{row.run.texts:,}"),
        ("iterations", lambda row: f"{len(row.run.iterations):,}"),
        ("best F", lambda row: score_text(row.run.best.f_score if row.run.best else None)),
        ("F likely", lambda row: range_text(row.run.best.f_interval if row.run.best else None)),
        ("labels", lambda row: _labels(row.run.labels)),
        ("folder", lambda row: _folder(row.run)),
        ("changed since the run before", lambda row: row.changes),
    )

    def show_runs(self, runs: Sequence[PastRun]) -> None:
        """Show these runs, which come from the latest to the earliest."""
        before: list[PastRun | None] = [*runs[1:], None]
        pairs = zip(runs, before, strict=bool(runs))
        self._tell_of_categories(told=any(run.best and run.best.categories for run in runs))
        self.show([_Row(run, "; ".join(settings_that_differ(old, run)) if old else "") for run, old in pairs])

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Numbers at the right, words at the left."""
        is_number = column in _NUMBERS or self.columns[column][0] == _CATEGORIES
        return RIGHT if is_number else LEFT

    def _tell_of_categories(self, *, told: bool) -> None:
        """A column more behind the F-scores, where a run has something to tell."""
        usual = type(self).columns
        place = _NUMBERS[-1] + 1
        column = (_CATEGORIES, lambda row: macro_f_text(row.run.best))
        self.columns = (*usual[:place], column, *usual[place:]) if told else usual

    def tip(self, record: _Row) -> str:
        """Everything that has no column: how it ended, the whole path, all settings."""
        run = record.run
        settings = [f"{setting_words(name)}: {value_words(value)}" for name, value in run.settings.items()]
        path = [f"Folder: {run.path} ({run.folder})"] if run.path else []
        return "\n".join([f"{run.when}, {run.ended_words}", *path, *settings])


class RunsPanel(QWidget):
    """Lists the runs, and shows the comparison of two below them."""

    runs_chosen = Signal(object)
    """A list of the one or two PastRuns that the person chose, the earlier one first; empty for none."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[PastRun] = []
        self.model = RunModel()
        self.comparison = RunComparison()
        self._words = QLabel(_EMPTY)
        self._words.setObjectName("runsHint")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("second", True)
        self._words.setWordWrap(True)
        self._table = score_table(self.model, "runs", "Runs of this project")
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self._table.selectionModel().selectionChanged.connect(self._choose)
        self._lay_out()
        self.show_runs([])

    def show_runs(self, runs: Sequence[PastRun]) -> None:
        """List these runs, which come from the latest to the earliest. None is chosen, unless they are as before."""
        if runs and list(runs) == self._runs:
            return
        self._runs = list(runs)
        self.model.show_runs(runs)
        self.comparison.hide()
        self._table.setVisible(bool(runs))
        self._words.setText(_HINT if runs else _EMPTY)

    def forget_choice(self) -> None:
        """No run is chosen."""
        self._table.clearSelection()

    def chosen(self) -> list[PastRun]:
        """The runs that are chosen, the earliest first."""
        rows = {index.row() for index in self._table.selectionModel().selectedRows()}
        return [self.model.record(row).run for row in sorted(rows, reverse=True)]

    @Slot()
    def _choose(self) -> None:
        chosen = self.chosen()
        self.comparison.setVisible(len(chosen) == 2)
        if len(chosen) == 2:
            self.comparison.compare(*chosen)
        if len(chosen) > 2:
            self._words.setText("Two runs at most can be compared.")
            return
        self._words.setText(_HINT)
        self.runs_chosen.emit(chosen)

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setProperty("bare", True)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._table)
        parts.addWidget(self.comparison)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._words)
        whole.addWidget(parts, 1)


def _labels(labels: Sequence[str]) -> str:
    named = ", ".join(labels[:_NAMED_LABELS])
    return f"{named} and {len(labels) - _NAMED_LABELS:,} more" if len(labels) > _NAMED_LABELS else named


def _folder(run: PastRun) -> str:
    if run.path is None:
        return run.ended_words
    return run.path.name if run.folder is Folder.HERE else f"{run.path.name} ({run.folder})"
