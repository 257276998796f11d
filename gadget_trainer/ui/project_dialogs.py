"""Which project file: dialogs for a new and for an existing one, and where projects are kept."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gadget_trainer.ui.places import documents

_FILTER = "Gadget Trainer projects (*.gadget)"


def ask_for_new(window: QWidget) -> Path | None:
    """Ask where a new project shall be; None where the person thought better of it."""
    # Nothing is ever overwritten: creating refuses a file that is there.
    options = QFileDialog.Option.DontConfirmOverwrite
    suggestion = str(free_name("My texts"))
    name, _ = QFileDialog.getSaveFileName(window, "New project", suggestion, _FILTER, options=options)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(".gadget")


def ask_for_existing(window: QWidget) -> Path | None:
    """Ask which project to open."""
    name, _ = QFileDialog.getOpenFileName(window, "Open project", str(documents()), _FILTER)
    return Path(name) if name else None


def free_name(stem: str) -> Path:
    """A project file in that folder that does not exist: the stem, or the stem and a number."""
    path = documents() / f"{stem}.gadget"
    number = 2
    while path.exists():
        path = documents() / f"{stem} {number}.gadget"
        number += 1
    return path
