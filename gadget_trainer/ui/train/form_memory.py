"""What the form says is kept in the project, and what the project says goes into the form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gadget_trainer.ui.places import documents

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session
    from gadget_trainer.ui.train.form import TrainingForm

_SETTINGS = "training_settings"


class FormMemory(QObject):
    """Fills in the form as it was left, and keeps up with the words that the project splits."""

    def __init__(self, session: "Session", form: "TrainingForm", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._form = form
        project = session.project
        form.output.setText(str(documents() / f"{project.path.stem} model"))
        kept = project.setting(_SETTINGS)
        if isinstance(kept, dict):
            form.restore(kept)
        session.splits_changed.connect(self._take_splits)
        self._take_splits()

    def keep(self) -> None:
        """Keep in the project what the form says now."""
        self._session.project.keep_setting(_SETTINGS, self._form.kept())

    @Slot()
    def _take_splits(self) -> None:
        self._form.use_splits(self._session.project.splits.all())
