"""The window is painted before anything heavy is imported."""

import os
import subprocess
import sys

_PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from gadget_trainer.app import open_window
application = QApplication([])
window = open_window(None)
while not window.windowHandle().isExposed():
    application.processEvents()
assert not window.grab().isNull()
print(",".join(name for name in ("spacy", "sqlalchemy", "numpy", "thinc") if name in sys.modules))
window.close()
"""


def test_a_window_without_a_project_imports_nothing_heavy(tmp_path):
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
