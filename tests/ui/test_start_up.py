"""The window is painted before anything heavy is imported; what a project needs is imported after that."""

import os
import subprocess
import sys

_PROGRAM = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from gadget_trainer.app import open_window

class FirstPaint(QObject):
    imported = None

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.imported is None:
            self.imported = [name for name in ("spacy", "sqlalchemy", "numpy", "thinc") if name in sys.modules]
        return False

application = QApplication([])
first = FirstPaint()
application.installEventFilter(first)
window = open_window(None)
while not window.windowHandle().isExposed() or "gadget_trainer.ui.workspaces" not in sys.modules:
    application.processEvents()
print("at the first paint:", first.imported)
window.close()
"""


def test_nothing_heavy_is_imported_before_the_first_paint_and_a_project_needs_no_import_later(tmp_path):
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "at the first paint: []"
