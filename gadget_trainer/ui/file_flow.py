"""Files in and out of the open project: dialogs, a thread that reads or writes, and the receipt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.export_dialog import ExportDialog, Wish
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.receipt_dialog import ReceiptDialog
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy and the formats take longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.formats.export_receipt import ExportReceipt
    from gadget_trainer.formats.format import Format, Target
    from gadget_trainer.formats.reading import Import
    from gadget_trainer.ui.importing.draft import Draft
    from gadget_trainer.ui.importing.record import ImportRecord
    from gadget_trainer.ui.session import Session

_ANY_FORMAT = "Any file, its format recognised (*)"


@dataclass(frozen=True, slots=True)
class _Taken:
    """So many texts were taken so far, of so many where that is known."""

    texts: int
    of: int


class FileFlow(QObject):
    """Imports into a project and exports from it, one at a time, in a thread."""

    busy_changed = Signal()
    """A file begins to be read or written, or that is over."""
    imported = Signal()
    """An import came to its end: there are new texts, and maybe labels."""
    receipt_requested = Signal()
    """The person wants to see the receipt of the latest import."""

    def __init__(self, window: QWidget, notice: NoticeBar, bar: BusyBar) -> None:
        super().__init__(window)
        self._window = window
        self._notice = notice
        self._bar = bar
        self._steps: Steps | None = None
        self._importing = False
        self._cancelled = False
        self._outcome: Callable[[], None] | None = None
        self._export_receipt: list[str] = []
        self.latest: ImportRecord | None = None
        """The latest import into the project that is open."""
        bar.cancel_requested.connect(self._cancel)

    def is_importing(self) -> bool:
        """Whether the project is being written to: nobody else should then."""
        return self._steps is not None and self._importing

    def refuses(self) -> bool:
        """Whether a file is still being read or written, which is said then."""
        if self._steps is None:
            return False
        way_out = "Wait for it, or cancel it first." if self._importing else "Wait for it, then try again."
        self._notice.complain(f"A file is still being {'read' if self._importing else 'written'}. {way_out}")
        return True

    def choose_files(self) -> tuple[list[Path], str | None]:
        """Ask which files to import; the name of their format where the person chose one."""
        from gadget_trainer.formats.registry import readers  # not before the window is painted

        filters = {_ANY_FORMAT: None} | {_filter(one): one.name for one in readers()}
        names, chosen = QFileDialog.getOpenFileNames(self._window, "Import texts", "", ";;".join(filters))
        return [Path(name) for name in names], filters.get(chosen)

    def import_files(self, session: "Session", paths: list[Path], format_name: str | None = None) -> None:
        """Take the files into the project as they come, as one step that can be undone."""
        if not self.refuses():
            project = session.project
            self._importing = True
            self._begin(lambda: _import_at_once(project, paths, format_name), f"Importing {_names(paths)}…")

    def import_draft(self, session: "Session", draft: "Draft") -> None:
        """Take what was prepared into the project, as one step that can be undone."""
        if not self.refuses():
            project = session.project
            self._importing = True
            make = draft.plan
            title, texts = draft.title(), draft.texts()
            self._begin(lambda: _import(project, make, title, texts), f"Importing {title}…")

    def export_file(self, session: "Session", settings: TrainingSettings, shown: Sequence[int]) -> None:
        """Ask what to export and where, and write it.

        ``settings`` are those that the project is trained with, ``shown`` the ids of the texts that the table shows.
        """
        from gadget_trainer.exporting import targets  # not before the window is painted

        if self.refuses():
            return
        labels = [label.name for label in session.project.read.labels()]
        offered = targets(settings, session.project.categories.scheme())
        asked = ExportDialog(offered, labels, session.counts(), len(shown), self._window)
        asked.chosen.connect(lambda wish: self._choose_target(session, settings, shown, wish))
        asked.open()

    def _choose_target(self, session: "Session", settings: TrainingSettings, shown: Sequence[int], wish: Wish) -> None:
        """Ask where to write what the person wants."""
        if self.refuses():
            return
        typed = self._ask_for_path(session, wish.target)
        if typed is None:
            return
        path = _with_ending(typed, wish.target)
        project = session.project
        text_ids = tuple(shown) if wish.only_shown else None

        def write() -> None:
            self._importing = False
            self._begin(lambda: _export(project, path, wish, text_ids, settings.language), f"Writing {path.name}…")

        if path.exists() and (path != typed or not wish.target.suffixes):
            # The dialog asked about the name as it was typed, and about no folder.
            question = f"{path.name} exists already. Replacing it cannot be undone."
            self._notice.ask(question, Replace=write, Keep_it=lambda: None)
        else:
            write()

    def _ask_for_path(self, session: "Session", target: "Target") -> Path | None:
        suggested = str(session.project.path.with_suffix(""))
        if target.suffixes:
            name, _ = QFileDialog.getSaveFileName(self._window, "Export", suggested, _filter(target))
        else:
            options = QFileDialog.Option.DontConfirmOverwrite
            name, _ = QFileDialog.getSaveFileName(
                self._window, "Export to a new folder", suggested, "", options=options
            )
        return Path(name) if name else None

    def finish(self) -> None:
        """End what is under way and forget what was done; an import that is cut off leaves the project as it was."""
        if self._steps is not None:
            self._steps.finish()
            self._forget()
        self.latest = None

    def _begin(self, make: Callable[[], Iterator[object]], sentence: str) -> None:
        self._notice.dismiss()
        self._cancelled = False
        self._outcome = None
        self._steps = Steps(make, self, passing=lambda record: isinstance(record, _Taken))
        self._steps.stepped.connect(self._show_step)
        self._steps.failed.connect(self._fail)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()
        self._bar.begin(sentence, can_cancel=self._importing)
        self.busy_changed.emit()

    def _forget(self) -> None:
        if self._steps is not None:
            self._steps.deleteLater()
            self._steps = None
        self._bar.end()
        self.busy_changed.emit()

    def _is_current(self) -> bool:
        """Whether the signal comes from the thread at work: one that was cut off has left some on their way."""
        return self._steps is not None and self.sender() is self._steps

    @Slot()
    def _cancel(self) -> None:
        if self._steps is not None:
            self._cancelled = True
            self._steps.stop()
            self._bar.note_cancel()

    @Slot(object)
    def _show_step(self, record: object) -> None:
        if not self._is_current():
            return
        if isinstance(record, _Taken):
            if not self._cancelled:
                share = record.texts / record.of if record.of else None
                self._bar.tell(f"Importing… {record.texts:,} texts so far", share)
            return
        if self._importing:
            self._outcome = partial(self._tell_import, cast("ImportRecord", record))
        else:
            self._outcome = partial(self._tell_export, cast("ExportReceipt", record))

    def _tell_import(self, record: "ImportRecord") -> None:
        self.latest = record
        self._notice.offer(record.summary(), Details=self.receipt_requested.emit)

    def _tell_export(self, receipt: "ExportReceipt") -> None:
        self._export_receipt = receipt.lines()
        self._notice.offer(receipt.summary(), Details=self._show_export_receipt)

    def _show_export_receipt(self) -> None:
        ReceiptDialog(self._export_receipt, self._window).open()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        if self._is_current():
            self._outcome = partial(self._notice.complain, sentence)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        """Say what came of it, now that the next file would not be refused any more."""
        if self._steps is None or not self._is_current():
            return
        broken = self._steps.broken
        self._forget()
        # An import that was cancelled while its last texts were being saved is complete all the same.
        if self._outcome is not None:
            self._outcome()
        elif self._cancelled and not broken:
            self._notice.inform("The import was cancelled. The project is as it was.")
        if self._importing and self._outcome is not None and not broken:
            self.imported.emit()


def _import_at_once(project: "Project", paths: list[Path], format_name: str | None) -> Iterator[object]:
    from gadget_trainer.ui.importing.draft import at_once  # the thread's first work

    yield from _import(project, lambda: at_once(paths, format_name), _names(paths))


def _import(project: "Project", make: Callable[[], "Import"], title: str, texts: int = 0) -> Iterator[object]:
    """``texts`` is how many there will be; 0 where that is not known."""
    from gadget_trainer.ui.importing.record import ImportRecord  # the thread's first work

    reading = make()
    for taken in project.imports.steps(reading.texts(), title, reading.examples):
        yield _Taken(taken, texts)
    choices = tuple(choice for choice, _reader in reading.files)
    yield ImportRecord(title, tuple(reading.receipts), choices, project.read.newest_text_id())


def _export(
    project: "Project", path: Path, wish: Wish, text_ids: Sequence[int] | None, language: str
) -> Iterator[object]:
    from gadget_trainer.formats.format import TokenRules
    from gadget_trainer.formats.writing import write  # the thread's first work

    rules = TokenRules(language, project.splits.all())
    yield write(path, wish.choice.of(project.read.texts(text_ids)), wish.target, rules)


def _with_ending(path: Path, target: "Target") -> Path:
    if not target.suffixes or path.suffix.lower() in target.suffixes:
        return path
    return path.with_name(path.name + target.suffixes[0])


def _filter(one: "Format") -> str:
    return f"{one.title} ({' '.join('*' + suffix for suffix in one.suffixes)})"


def _names(paths: list[Path]) -> str:
    return paths[0].name if len(paths) == 1 else f"{len(paths)} files"
