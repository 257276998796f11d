"""Files and the open project: what comes in, with its preview and its receipt, and what goes out."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.file_flow import FileFlow
from gadget_trainer.ui.importing.pages import ImportPages
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.workspaces import Workspaces


class Files(QObject):
    """Hands the window's wishes to the parts that can do it, with the project that is open now."""

    busy_changed = Signal()
    """A file begins to be read or written, or that is over."""
    page_shown = Signal()
    """A page of an import is shown instead of a workspace."""
    page_left = Signal()
    """A workspace should be shown again."""

    def __init__(self, window: QWidget, stack: QStackedWidget, notice: NoticeBar, bar: BusyBar) -> None:
        super().__init__(window)
        self._open: Workspaces | None = None
        self._flow = FileFlow(window, notice, bar)
        # The workspace knows of the new texts before it is shown again.
        self._flow.imported.connect(self._announce)
        self._pages = ImportPages(stack, self._flow, notice, self)
        self._flow.busy_changed.connect(self.busy_changed)
        self._flow.receipt_requested.connect(self.show_receipt)
        self._pages.shown.connect(self.page_shown)
        self._pages.left.connect(self.page_left)
        self._pages.texts_requested.connect(self._show_texts)

    def watch_project(self, workspaces: "Workspaces | None") -> None:
        """Another project is open now, or none: what was under way with the one before ends."""
        self._pages.finish()
        self._flow.finish()
        self._open = workspaces

    def is_importing(self) -> bool:
        """Whether the project is being written to: nobody else should then."""
        return self._flow.is_importing()

    def refuses(self) -> bool:
        """Whether a file is still being read or written, which is said then."""
        return self._flow.refuses()

    def has_receipt(self) -> bool:
        """Whether something was imported since the project was opened."""
        return self._flow.latest is not None

    def choose_files(self) -> tuple[list[Path], str | None]:
        """Ask which files to import; the name of their format where the person chose one."""
        return self._flow.choose_files()

    def import_at_once(self, paths: list[Path], format_name: str | None) -> None:
        """Take files and folders as they come."""
        if self._open is not None:
            self._flow.import_files(self._open.session, paths, format_name)

    def preview(self, paths: list[Path], format_name: str | None) -> None:
        """Show what files and folders would bring."""
        if self._open is not None:
            self._pages.begin(self._open.session, paths, format_name)

    def export(self) -> None:
        """Ask what shall go out, and write it."""
        if self._open is not None:
            shown = self._open.annotate.list.model.text_ids()
            self._flow.export_file(self._open.session, self._open.train.form.settings(), shown)

    def set_text_size(self, points: float) -> None:
        """The size of texts."""
        self._pages.set_text_size(points)

    @Slot()
    def show_receipt(self) -> None:
        """Show the receipt of the latest import into the project that is open."""
        if self._open is not None and self._flow.latest is not None:
            self._pages.show_receipt(self._open.session, self._flow.latest)

    @Slot()
    def _announce(self) -> None:
        if self._open is not None:
            self._open.session.reread()

    @Slot(object)
    def _show_texts(self, text_ids: tuple[int, ...]) -> None:
        if self._open is not None:
            self._open.show_texts(text_ids)
