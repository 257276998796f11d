"""The pages of an import in the window: the preview while it is prepared, the receipt when it is over."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gadget_trainer.ui.importing.draft import Draft
from gadget_trainer.ui.importing.page import ImportPage
from gadget_trainer.ui.importing.receipt_page import ReceiptPage
from gadget_trainer.ui.importing.record import ImportRecord
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.ui.file_flow import FileFlow
    from gadget_trainer.ui.session import Session


class ImportPages(QObject):
    """Shows them among the window's pages, and takes them away again; at most one of each."""

    shown = Signal()
    """One of them is shown, and no workspace."""
    left = Signal()
    """The workspace should be shown again."""
    texts_requested = Signal(object)
    """Texts should be shown where they are annotated: a tuple of ids."""

    def __init__(self, stack: QStackedWidget, files: "FileFlow", notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._stack = stack
        self._files = files
        self._notice = notice
        self._session: Session | None = None
        self._preview: ImportPage | None = None
        self._receipt: ReceiptPage | None = None
        self._points = 0.0
        files.imported.connect(self._end_preview)
        stack.currentChanged.connect(self._remind)

    def set_text_size(self, points: float) -> None:
        """The size of texts."""
        self._points = points
        for page in (self._preview, self._receipt):
            if page is not None:
                page.set_text_size(points)

    def begin(self, session: "Session", paths: list[Path], format_name: str | None) -> None:
        """Show what the files would bring; they are added to those of a preview that is open already."""
        if self._preview is not None:
            self._preview.add(paths, format_name)
            self._show(self._preview)
            return
        self._session = session
        colours = {label.name: label.colour for label in session.project.read.labels()}
        page = self._preview = ImportPage(paths, format_name, colours)
        page.confirmed.connect(self._import)
        page.cancelled.connect(self._cancel)
        page.failed.connect(self._notice.complain)
        self._show(page)

    def show_receipt(self, session: "Session", record: ImportRecord) -> None:
        """Show the receipt of an import into the project that is open, as it was left."""
        if self._receipt is not None and self._receipt.record is record:
            self._show(self._receipt)
            return
        self._close_receipt()
        page = self._receipt = ReceiptPage(session, record)
        page.closed.connect(self._leave_receipt)
        page.texts_requested.connect(self.texts_requested)
        page.failed.connect(self._notice.complain)
        self._show(page)

    def is_shown(self) -> bool:
        """Whether one of them is what the window shows."""
        return self._stack.currentWidget() in (self._preview, self._receipt)

    def finish(self) -> None:
        """The project is closed: end all threads and take the pages away."""
        self._close_preview()
        self._close_receipt()
        self._session = None

    def _show(self, page: QWidget) -> None:
        if self._points and isinstance(page, ImportPage | ReceiptPage):
            page.set_text_size(self._points)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._notice.dismiss()
        self._stack.setCurrentWidget(page)
        self.shown.emit()

    @Slot(object)
    def _import(self, draft: Draft) -> None:
        if self._session is not None:
            self._files.import_draft(self._session, draft)

    @Slot()
    def _cancel(self) -> None:
        self._close_preview()
        self._notice.dismiss()
        self.left.emit()

    @Slot()
    def _end_preview(self) -> None:
        """What was prepared is in the project now."""
        if self._preview is not None:
            self._close_preview()
            self.left.emit()

    @Slot()
    def _leave_receipt(self) -> None:
        self._close_receipt()
        self.left.emit()

    @Slot(int)
    def _remind(self, _place: int) -> None:
        """Who looks at something else meanwhile is told how to come back."""
        preview = self._preview
        if preview is not None and self._stack.currentWidget() is not preview:
            sentence = f"The import of {preview.title()} is still waiting for you."
            self._notice.offer(sentence, Go_on=self._go_on, Cancel_it=self._cancel_from_afar)

    def _go_on(self) -> None:
        if self._preview is not None:
            self._show(self._preview)

    def _cancel_from_afar(self) -> None:
        self._close_preview()

    def _close_preview(self) -> None:
        page, self._preview = self._preview, None
        self._take_away(page)

    def _close_receipt(self) -> None:
        page, self._receipt = self._receipt, None
        self._take_away(page)

    def _take_away(self, page: ImportPage | ReceiptPage | None) -> None:
        if page is not None:
            page.finish()
            self._stack.removeWidget(page)
            page.deleteLater()
