"""The button that makes a wheel of what was saved."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

# spaCy leaves the closing of the files that it writes to Python.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


def test_a_press_writes_a_wheel_beside_the_model(trainer, tmp_path):
    button = trainer.window.find(QAbstractButton, "packageModel")
    assert not button.isVisible(), "there is nothing to package yet"
    trainer.start()
    trainer.wait_until_saved()
    trainer.qtbot.waitUntil(button.isVisible)
    trainer.window.click("packageModel")
    said = trainer.window.find(QLabel, "packagingStatus")
    trainer.qtbot.waitUntil(lambda: "pip install" in said.text(), timeout=60_000)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name in said.text()
    trainer.start()
    assert not button.isVisible()
    trainer.wait_until_saved()
    assert said.text() == ""


def test_what_stands_in_the_way_is_said(trainer, tmp_path):
    trainer.start()
    trainer.wait_until_saved()
    (tmp_path / "model" / "config.cfg").unlink()
    trainer.window.click("packageModel")
    said = trainer.window.find(QLabel, "packagingStatus")
    trainer.qtbot.waitUntil(lambda: "holds no spaCy pipeline" in said.text(), timeout=60_000)
