"""Set up everything that the tests need, and run them: the README's second command.

Needs nothing but Python. It makes the environment ``.venv-tests`` in the checkout, installs the program with its test
extra, adds Qt's system libraries where they are missing and can be installed, and runs pytest with what follows
on the command line.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-tests"  # not the program's own: it may be open meanwhile
SYSTEM_PACKAGES = "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0"
QT = "import PySide6.QtWidgets, PySide6.QtSvg"


def main() -> int:
    """Set up, test; gives pytest's exit status."""
    python = environment()
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f"{ROOT}[test]")
    if not works(python, "-c", QT) and not install_system_packages():
        print(f"Qt's system libraries are missing. Install them first: sudo apt install {SYSTEM_PACKAGES}")
        return 2
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start the program often, and compiling it takes long
    workers = str(min((os.cpu_count() or 1) + 1, 4))  # one more than cores: tests wait for the disk and for timers
    at_a_time = ["--numprocesses", workers, "--dist", "worksteal"]
    return subprocess.run([python, "-m", "pytest", *at_a_time, *sys.argv[1:]], check=False).returncode


def environment() -> str:
    """The Python of the environment, which is made where there is none."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or not works(str(python), "-c", "import pip"):
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    return str(python)


def install_system_packages() -> bool:
    """Install Qt's libraries where that is possible without a password."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    run("apt-get", "update", "--quiet=2")
    run("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", *SYSTEM_PACKAGES.split())
    return True


def works(*command: str) -> bool:
    """Whether the command ends well; what it prints is not shown."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def run(*command: str) -> None:
    """Run a command; this script ends where it fails."""
    status = subprocess.run(command, check=False).returncode
    if status:
        sys.exit(status)


if __name__ == "__main__":
    sys.exit(main())
