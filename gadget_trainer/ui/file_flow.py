"""Files in and out of the open project: dialogs, a thread that reads or writes, and the receipt."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.receipt_dialog import ReceiptDialog
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy and the formats take longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.formats.receipt import ExportReceipt, Receipt
    from gadget_trainer.ui.session import Session

_ANY_FORMAT = "Any file, its format recognised (*)"


@dataclass(frozen=True, slots=True)
class _Taken:
    """So many texts were taken so far."""

    texts: int


class FileFlow(QObject):
    """Imports into a project and exports from it, one at a time, in a thread."""

    busy_changed = Signal(bool)
    """The project is being written to by an import: nobody else should."""
    imported = Signal()

    def __init__(self, window: QWidget, notice: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._notice = notice
        self._steps: Steps | None = None
        self._receipts: list[str] = []
        self._cancelled = False

    def choose_files(self) -> tuple[list[Path], str | None]:
        """Ask which files to import; the name of their format where the person chose one."""
        from gadget_trainer.formats.registry import readers  # not before the window is painted

        filters = {_ANY_FORMAT: None} | {_filter(one): one.name for one in readers()}
        names, chosen = QFileDialog.getOpenFileNames(self._window, "Import texts", "", ";;".join(filters))
        return [Path(name) for name in names], filters.get(chosen)

    def import_files(self, session: "Session", paths: list[Path], format_name: str | None = None) -> None:
        """Take the files into the project, as one step that can be undone."""
        if self._steps is not None:
            self._notice.complain("Another file is still being read or written. Wait for it, then try again.")
            return
        project = session.project
        self._begin(lambda: _import(project, paths, format_name))
        self._notice.ask(f"Importing {_names(paths)}…", Cancel=self._cancel)
        self.busy_changed.emit(True)

    def export_file(self, session: "Session", language: str) -> None:
        """Ask for a file and write the project's texts to it."""
        from gadget_trainer.formats.registry import writers  # not before the window is painted

        filters = {_filter(one): one for one in writers()}
        folder = session.project.path.with_suffix("")
        name, chosen = QFileDialog.getSaveFileName(self._window, "Export", str(folder), ";;".join(filters))
        if not name:
            return
        path = Path(name)
        writer = filters.get(chosen)
        if writer is not None and path.suffix.lower() not in writer.suffixes:
            path = path.with_name(path.name + writer.suffixes[0])
        project = session.project
        format_name = writer.name if writer is not None else None
        self._begin(lambda: _export(project, path, format_name, language))

    def finish(self) -> None:
        """End what is under way; an import that is cut off leaves the project as it was."""
        if self._steps is not None:
            self._steps.finish()

    def _begin(self, make: Any) -> None:
        self._receipts = []
        self._cancelled = False
        self._steps = Steps(make, self, passing=lambda record: isinstance(record, _Taken))
        self._steps.stepped.connect(self._show_step)
        self._steps.failed.connect(self._notice.complain)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()

    @Slot()
    def _cancel(self) -> None:
        if self._steps is not None:
            self._cancelled = True
            self._steps.stop()
            self._notice.inform("The import was cancelled. The project is as it was.")

    @Slot(object)
    def _show_step(self, record: object) -> None:
        if isinstance(record, _Taken):
            if self._cancelled:  # it was on its way when the person cancelled
                return
            self._notice.change_text(f"Importing… {record.texts:,} texts so far")
        elif isinstance(record, list):
            self._show_receipts(record)

    def _show_receipts(self, receipts: "list[Receipt] | list[ExportReceipt]") -> None:
        self._receipts = [line for receipt in receipts for line in (*receipt.lines(), "")]
        self._notice.ask(" ".join(receipt.summary() for receipt in receipts), Details=self._show_details)

    @Slot()
    def _show_details(self) -> None:
        ReceiptDialog(self._receipts, self._window).open()

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        if self._steps is not None:
            self._steps.deleteLater()
            self._steps = None
        self.busy_changed.emit(False)
        self.imported.emit()


def _import(project: "Project", paths: list[Path], format_name: str | None) -> Iterator[object]:
    from gadget_trainer.formats.reading import read_files  # the thread's first work

    reading = read_files(paths, format_name)
    for texts in project.imports.steps(reading.texts(), _names(paths)):
        yield _Taken(texts)
    yield reading.receipts


def _export(project: "Project", path: Path, format_name: str | None, language: str) -> Iterator[object]:
    from gadget_trainer.formats.writing import write_file  # the thread's first work

    yield [write_file(path, project.read.texts(), format_name, language)]


def _filter(one: Any) -> str:
    return f"{one.title} ({' '.join('*' + suffix for suffix in one.suffixes)})"


def _names(paths: list[Path]) -> str:
    return paths[0].name if len(paths) == 1 else f"{len(paths)} files"
