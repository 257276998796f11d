"""Whether a window can be shown here; said in one line where Qt would abort or raise."""

import ctypes
import os
import socket
import sys
from pathlib import Path

from gadget_trainer.errors import UserError

_PACKAGES = "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0"
_X_PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libxcb-shape0"
_XCB = "libxcb.so.1"
_X_LIBRARIES = (
    _XCB,
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-shape.so.0",
)
_WAYLAND_LIBRARIES = ("libwayland-client.so.0", "libwayland-cursor.so.0")
_WITHOUT = "gadget-trainer import, export and train work without one: see gadget-trainer train --help."


def check_screen() -> None:
    """Raise UserError where there is no screen, where it can't be reached, or where Qt's libraries are missing."""
    try:
        import PySide6.QtWidgets  # noqa: F401  loading it is the test
    except ImportError as error:
        raise UserError(
            f"Qt's system libraries are missing ({error}). On Debian or Ubuntu: sudo apt install {_PACKAGES}"
        ) from error
    platforms = _platforms()
    if sys.platform != "linux" or not platforms <= {"wayland", "xcb"}:
        return
    if "wayland" in platforms and _reaches_wayland():
        return
    display = os.environ.get("DISPLAY", "") if "xcb" in platforms else ""
    if not display:
        raise UserError(_no_screen(os.environ.get("WAYLAND_DISPLAY", "") if "wayland" in platforms else ""))
    missing = [name for name in _X_LIBRARIES if not _loads(name)]
    if missing:
        raise UserError(
            f"Qt needs {', '.join(missing)} to open a window. On Debian or Ubuntu: sudo apt install {_X_PACKAGES}"
        )
    if not _reaches_x():
        raise UserError(_no_screen(display))


def _platforms() -> set[str]:
    """The names of what Qt would try, one after the other, to reach a screen."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not chosen:
        return {"wayland", "xcb"}
    # wayland-egl is Wayland, and what follows a colon are its options.
    return {one.partition(":")[0].partition("-")[0] for one in chosen.split(";") if one}


def _no_screen(name: str) -> str:
    if name:
        return f"The screen {name} can't be reached, so there is nothing to open a window on. {_WITHOUT}"
    return f"There is no screen here to open a window on. {_WITHOUT}"


def _reaches_wayland() -> bool:
    """Whether there is a compositor where Wayland's library looks for it."""
    if os.environ.get("WAYLAND_SOCKET"):
        return True
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name and os.environ.get("XDG_SESSION_TYPE") == "wayland":
        name = "wayland-0"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not name or not (folder or name.startswith("/")) or not all(_loads(one) for one in _WAYLAND_LIBRARIES):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(str(Path(folder) / name))
        except OSError:
            return False
    return True


def _reaches_x() -> bool:
    """Whether the X server lets us in: asked of the library that Qt asks, which knows every form of DISPLAY."""
    xcb = ctypes.CDLL(_XCB)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
