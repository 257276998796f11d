"""Whether a window can be shown here; said in one line where Qt would abort or raise."""

import ctypes
import os
import sys

from gadget_trainer.errors import UserError

_PACKAGES = "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0"
_X_PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libxcb-shape0"
_X_LIBRARIES = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-shape.so.0",
)


def check_screen() -> None:
    """Raise UserError where there is no screen, or where Qt's system libraries are missing."""
    try:
        import PySide6.QtWidgets  # noqa: F401  loading it is the test
    except ImportError as error:
        raise UserError(
            f"Qt's system libraries are missing ({error}). On Debian or Ubuntu: sudo apt install {_PACKAGES}"
        ) from error
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise UserError(
            "There is no screen here to open a window on. "
            "gadget-trainer import, export and train work without one: see gadget-trainer train --help."
        )
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        missing = [name for name in _X_LIBRARIES if not _loads(name)]
        if missing:
            raise UserError(
                f"Qt needs {', '.join(missing)} to open a window. On Debian or Ubuntu: sudo apt install {_X_PACKAGES}"
            )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
