"""The preview of an import: what would come, how it is read, what labels are to be called. Nothing is kept yet."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.formats.folders import files_in
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.preview import Glimpse, look_at
from gadget_trainer.formats.reading import FileChoice, Unread
from gadget_trainer.ui.importing.draft import Draft, DraftFile
from gadget_trainer.ui.importing.file_table import FileModel, file_table, fit_height
from gadget_trainer.ui.importing.foreseeing import Foreseeing
from gadget_trainer.ui.importing.form import ReadingForm
from gadget_trainer.ui.importing.label_table import LabelModel, label_table
from gadget_trainer.ui.importing.page_parts import button, card, heading, said
from gadget_trainer.ui.importing.samples import Samples
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT

_CONFIRMING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Found(NamedTuple):
    """The files of the paths that were chosen."""

    files: list[FileChoice]
    unread: list[Unread]


class ImportPage(QWidget):
    """Shows what files would bring into a project, and asks what the files leave open."""

    confirmed = Signal(object)
    """The :class:`Draft`, when all of it was looked at and the person wants it."""
    cancelled = Signal()
    failed = Signal(str)
    """Something that was typed cannot be: a sentence to show."""

    def __init__(self, paths: Sequence[Path], format_name: str | None, labels: Mapping[str, str]) -> None:
        """``labels`` are the project's, with their colours."""
        super().__init__()
        self.setObjectName("importPage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Enter and Escape are its own
        self._labels = dict(labels)
        self._wanted = False
        self._draft = Draft((), (), self._labels)
        self._looking = LatestSteps(self)
        self._foreseeing = Foreseeing(self._draft, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_state()
        self.add(paths, format_name)

    def add(self, paths: Sequence[Path], format_name: str | None) -> None:
        """Further files; what was decided about the others holds."""
        self._looking.ask(lambda: _found(paths, format_name))

    def title(self) -> str:
        """What is imported, as in “posts.jsonl”."""
        return self._draft.title()

    def finish(self) -> None:
        """Look no further, and wait until the thread has ended."""
        self._looking.finish()
        self._foreseeing.finish()

    def set_text_size(self, points: float) -> None:
        """The size of the texts."""
        self._samples.set_text_size(points)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter imports, Escape gives it up."""
        if event.key() in _CONFIRMING and self._can_confirm():
            self._confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """One press of Enter is enough."""
        super().showEvent(event)
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who looks at something else does not want it at once."""
        super().hideEvent(event)
        if self._wanted:
            self._wanted = False
            self._show_state()

    # -- what is known of the files

    @Slot(object)
    def _take(self, record: object) -> None:
        if isinstance(record, _Found):
            self._begin(record)
        elif isinstance(record, Glimpse):
            row = self._draft.note(record)
            if row is not None:
                self._files.note(row)
                self._names.count()
                if row == self._row():
                    self._show_file()
                self._show_state()
                self._go_to_question(row)
                self._go_if_ready()
                if self._draft.files[row].is_complete:
                    self._foreseeing.begin()

    def _go_to_question(self, row: int) -> None:
        """What has to be decided is shown, unless that is so already."""
        file = self._file()
        if row == self._draft.first_asked() and file is not None and not file.is_open:
            self._file_table.selectRow(row)

    def _begin(self, found: _Found) -> None:
        """The files are known: show them, and look at each."""
        draft, row = self._draft, self._row()
        draft.add(*found)
        self._files.renew()
        fit_height(self._file_table)
        self._file_table.setVisible(len(draft.files) > 1)
        self._several.setVisible(len(draft.files) > 1)
        if draft.files:
            self._file_table.selectRow(row)
        self._look()

    @Slot()
    def _look(self) -> None:
        """Look at what was not looked at yet, as it is to be read now."""
        pending = self._draft.pending()
        if pending:
            self._looking.ask(lambda: look_at(pending))
        self._names.count()
        self._show_state()

    @Slot(int)
    def _show_foreseen(self, row: int) -> None:
        """It is known what comes of a file."""
        self._files.note(row)
        if row == self._row():
            self._show_file()
        self._show_state()

    @Slot()
    def _foresee(self) -> None:
        """Labels have other names now, or overlaps were decided: something else comes."""
        self._foreseeing.begin()
        self._files.note_all()
        self._show_file()
        self._show_state()

    # -- what the person decides

    @Slot(str, object)
    def _change(self, what: str, value: object) -> None:
        rows = sorted({index.row() for index in self._file_table.selectionModel().selectedRows()} | {self._row()})
        self._draft.change(rows, **{what: value})
        for row in rows:
            self._files.note(row)
        self._show_file()
        self._look()

    @Slot(object)
    def _choose_reading(self, reading: object) -> None:
        self._change("offsets", reading)
        self.setFocus()

    @Slot(object)
    def _choose_rule(self, rule: object) -> None:
        self._change("mismatches", rule)
        self.setFocus()

    @Slot(bool)
    def _decide_one_by_one(self, on: bool) -> None:
        file = self._file()
        if file is not None:
            file.one_by_one = on
            file.decided.clear()
            self._foresee()
            self._samples.show_overlaps()

    @Slot()
    def _confirm(self) -> None:
        self._wanted = True
        self.setFocus()  # the button is switched off now, and the next one in line is not wanted
        self._show_state()
        self._go_if_ready()

    def _can_confirm(self) -> bool:
        """Whether anything may come; it may not be known yet what."""
        return bool(self._draft.files) and not self._draft.blocker() and not self._wanted

    def _go_if_ready(self) -> None:
        """What was not looked at to its end might still have a question, or a fault."""
        if self._wanted and not self._draft.blocker() and self._draft.is_counted():
            self._wanted = False
            self._show_state()
            self.confirmed.emit(self._draft)

    # -- showing it

    def _row(self) -> int:
        return max(self._file_table.currentIndex().row(), 0)

    def _file(self) -> DraftFile | None:
        return self._draft.files[self._row()] if self._draft.files else None

    @Slot(QModelIndex, QModelIndex)
    def _show_other(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_file()

    @Slot()
    def _show_file(self) -> None:
        file = self._file()
        self._samples.set_label_colours(self._colours())
        self._form.show_file(file, renamed=bool(self._draft.names))
        self._samples.show_file(file, partial(self._draft.spans_of, file) if file is not None else None)

    def _show_state(self) -> None:
        draft = self._draft
        blocker = draft.blocker() if draft.files or draft.unread else ""
        looked_at = any(file.glimpse is not None for file in draft.files)
        self._title.setText(f"Import {draft.title()}" if draft.files else "Import")
        if self._wanted and not blocker:
            self._said.setText(f"{draft.summary()} It is imported as soon as all of it is read.")
        elif not looked_at and not blocker:
            self._said.setText("The files are being looked at…")
        else:
            self._said.setText(blocker or f"{draft.summary()} Nothing is kept until you press Import.")
        self._said.setProperty("problem", bool(blocker) and looked_at)
        self._said.style().polish(self._said)
        self._import.setText(
            f"Import {counted(draft.texts(), 'text')}" if draft.is_counted() and looked_at else "Import"
        )
        self._import.setEnabled(self._can_confirm())
        self._label_card.setVisible(bool(draft.labels()))

    def _colours(self) -> dict[str, str]:
        """The project's colours, and for new labels those that they will get."""
        colours = dict(self._labels)
        for label in self._draft.labels():
            name = self._draft.new_name(label)
            for one in (label, name):
                if one is not None and one not in colours:
                    colours[one] = next_colour(colours.values())
        return colours

    # -- building it

    def _make_parts(self) -> None:
        self._title = said("importTitle", "heading")
        self._said = said("importSaid", "second")
        self._import = button("confirmImport", "Import")
        self._import.setProperty("primary", True)
        self._cancel = button("cancelImport", "Cancel")
        self._files = FileModel(self._draft.files)
        self._names = LabelModel(self._draft)
        self._file_table = file_table(self._files)
        self._several = said("importSeveral", "second")
        self._several.setText("Select several files to change how they are read together.")
        self._form = ReadingForm()
        self._label_table = label_table(self._names)
        self._label_card = card([heading("Labels"), self._label_table])
        self._samples = Samples()
        self._file_table.hide()
        self._several.hide()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        words = QVBoxLayout()
        words.setSpacing(UNIT // 2)
        words.addWidget(self._title)
        words.addWidget(self._said)
        top.addLayout(words, 1)
        for each in (self._cancel, self._import):
            top.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(card([self._file_table, self._several, self._form]))
        column.addWidget(self._label_card, 1)
        column.addStretch()
        parts = QSplitter()
        parts.setProperty("bare", True)
        parts.setHandleWidth(UNIT)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(card([self._samples]))
        parts.setStretchFactor(1, 1)
        parts.setSizes([400, 760])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addLayout(top)
        whole.addWidget(parts, 1)

    def _connect(self) -> None:
        self._files.taken_changed.connect(self._look)
        self._names.names_changed.connect(self._foresee)
        self._names.refused.connect(self.failed)
        self._file_table.selectionModel().currentRowChanged.connect(self._show_other)
        self._looking.stepped.connect(self._take)
        self._looking.failed.connect(self.failed)
        self._foreseeing.foreseen.connect(self._show_foreseen)
        self._import.clicked.connect(self._confirm)
        self._cancel.clicked.connect(self.cancelled)
        self._form.changed.connect(self._change)
        self._form.one_by_one_changed.connect(self._decide_one_by_one)
        self._samples.reading_chosen.connect(self._choose_reading)
        self._samples.rule_chosen.connect(self._choose_rule)
        self._samples.decided.connect(self._foresee)


def _found(paths: Sequence[Path], format_name: str | None) -> Iterator[object]:
    """A thread's work: folders may hold many files."""
    yield _Found(*files_in(paths, format_name))
