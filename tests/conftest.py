"""What every test stands on: no screen, settings of its own."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
