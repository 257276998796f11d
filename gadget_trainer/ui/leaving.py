"""Whether the open project, or the window, can be left now: what is under way would be lost."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.ui.files import Files
    from gadget_trainer.ui.workspaces import Workspaces


class Leaving(QObject):
    """Says what has to end first, or asks what shall become of a run."""

    confirmed = Signal()
    """The window should be closed now."""

    def __init__(self, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._files: Files | None = None
        self._open: Workspaces | None = None

    def watch_files(self, files: "Files") -> None:
        """Files are read and written by this from now on."""
        self._files = files

    def watch_project(self, workspaces: "Workspaces | None") -> None:
        """Another project is open now, or none."""
        self._open = workspaces

    def may_begin(self) -> bool:
        """Whether anything else can be done with the project; while many rows are changed, a sentence says why not."""
        if self._open is None or not self._open.session.is_working():
            return True
        self._notice.complain("The project is still being changed. Wait for it, or cancel it first.")
        return False

    def may_leave_project(self) -> bool:
        """Whether the project can be closed; where not, a sentence says why."""
        if not self.may_begin() or (self._files is not None and self._files.refuses()):
            return False
        if self._is_training():
            self._notice.complain("A training is running. Stop it first: the best so far is saved then.")
            return False
        return True

    def may_close_window(self) -> bool:
        """Whether the window can be closed; where not, a sentence says why, or asks."""
        if not self.may_begin() or (self._files is not None and self._files.refuses()):
            return False
        if self._is_training():
            self._notice.ask(
                "A training is running. What was learned so far is lost unless it is saved.",
                Save_and_close=self._save_and_close,
                Close_without_saving=self._confirm,
                Go_on_training=lambda: None,
            )
            return False
        return True

    def _is_training(self) -> bool:
        return self._open is not None and self._open.is_training()

    def _save_and_close(self) -> None:
        if self._open is None or not self._open.is_training():
            self._confirm()
            return
        once = Qt.ConnectionType.SingleShotConnection
        self._open.train.running_changed.connect(self._close_when_saved, once)
        self._open.train.stop()

    @Slot()
    def _close_when_saved(self) -> None:
        """Where saving failed, the window stays, with the sentence that says why."""
        if self._open is None or not self._open.train.has_failed():
            self._confirm()

    def _confirm(self) -> None:
        """An import that was begun since the person was asked is not lost either."""
        if self._files is None or not self._files.refuses():
            self.confirmed.emit()
