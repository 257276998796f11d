"""Where projects and pipelines are kept when nothing else is chosen."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents() -> Path:
    """A folder of the program's own among the person's documents; the home folder where none can be made."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) / "Gadget Trainer"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path.home()
    return folder
