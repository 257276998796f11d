"""What the machine gives: a sound PySide6, a screen or a sentence that says there is none."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject

from gadget_trainer.errors import UserError
from gadget_trainer.screen import check_screen


def test_calls_that_return_nothing_do_not_lose_none():
    """PySide6 6.12.0 loses a reference to None with each call on Python 3.10 and 3.11, and dies of it."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _time in range(1000):
        thing.setObjectName("a")
    assert sys.getrefcount(None) > before - 500


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")


def start(**changed):
    """Start the program without any screen but these."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    surroundings = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "gadget_trainer"],
        env=surroundings | changed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_line(done):
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@LINUX
def test_a_machine_without_a_screen_gets_one_line():
    said = one_line(start())
    assert "no screen" in said
    assert "gadget-trainer train --help" in said


@LINUX
@pytest.mark.parametrize(
    "surroundings",
    [
        {"DISPLAY": ":987"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-9"},
        {"DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-9"},
    ],
)
def test_a_screen_that_cannot_be_reached_gets_one_line(tmp_path, surroundings):
    said = one_line(start(**surroundings, XDG_RUNTIME_DIR=str(tmp_path)))
    assert "can't be reached" in said or "sudo apt install" in said


@LINUX
def test_a_compositor_that_answers_is_a_screen(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("gadget_trainer.screen._loads", lambda _library: True)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(UserError, match="wayland-9 can't be reached"):
        check_screen()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.bind(str(tmp_path / "wayland-9"))
        compositor.listen()
        check_screen()


_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from gadget_trainer import app
opened = app.open_window
def open_window(project):
    window = opened(project)
    QTimer.singleShot(0, lambda: print("up", flush=True))
    return window
app.open_window = open_window
sys.exit(app.run(None))
"""


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl+C another way there")
def test_ctrl_c_in_the_terminal_closes_the_window(tmp_path):
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        env=os.environ | home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout.readline() == "up\n"
        window.send_signal(signal.SIGINT)
        try:
            _rest, err = window.communicate(timeout=30)
        finally:
            window.kill()
    assert window.returncode == 0, err
    assert "Traceback" not in err
    assert list(tmp_path.rglob("*.conf")) or list(tmp_path.rglob("*.ini")), "the window's place was not kept"
