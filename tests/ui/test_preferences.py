"""What the window remembers; nonsense in the file is the default."""

import pytest
from PySide6.QtCore import QByteArray, QSettings

from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.theme import Scheme


@pytest.fixture
def kept():
    """The file behind the preferences."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Gadget Trainer", "Gadget Trainer")


def write(kept, **values):
    for key, value in values.items():
        kept.setValue(key, value)
    kept.sync()
    return Preferences()


def test_the_first_start_has_the_defaults():
    preferences = Preferences()
    assert preferences.scheme is Scheme.SYSTEM
    assert preferences.text_size == 13.0
    assert preferences.geometry.isEmpty()
    assert preferences.recent_projects() == []
    assert preferences.recent_models() == []


def test_what_is_set_is_there_at_the_next_start(kept):
    preferences = Preferences()
    preferences.scheme = Scheme.DARK
    preferences.text_size = 18.0
    preferences.geometry = QByteArray(b"abc")
    again = Preferences()
    assert again.scheme is Scheme.DARK
    assert again.text_size == 18.0
    assert again.geometry == QByteArray(b"abc")


@pytest.mark.parametrize(("written", "read"), [("huge", 13.0), ("", 13.0), ("1e9", 40.0), ("-3", 8.0), ("inf", 40.0)])
def test_a_text_size_that_makes_no_sense(kept, written, read):
    assert write(kept, text_size=written).text_size == read


def test_other_nonsense_is_ignored(kept, tmp_path):
    preferences = write(kept, scheme="mauve", geometry="not bytes", recent_projects="nowhere", recent_models=["", "x"])
    assert preferences.scheme is Scheme.SYSTEM
    assert preferences.geometry.isEmpty()
    assert preferences.recent_projects() == []
    assert preferences.recent_models() == []


def test_geometry_that_is_nonsense_still_gives_a_window(kept, open_):
    write(kept, geometry=QByteArray(b"nonsense"))
    assert open_(None).main.isVisible()


def test_recent_projects_are_eight_without_repeats_the_latest_first(tmp_path):
    preferences = Preferences()
    paths = [tmp_path / f"{number}.gadget" for number in range(10)]
    for path in paths:
        path.touch()
        preferences.remember_project(path)
    preferences.remember_project(paths[5])
    assert preferences.recent_projects() == [paths[5], *(paths[place] for place in (9, 8, 7, 6, 4, 3, 2))]
    paths[9].unlink()
    assert paths[9] not in Preferences().recent_projects()


def test_one_recent_project_survives_the_file(tmp_path):
    """QSettings reads a list of one back as a plain value."""
    (tmp_path / "one, two.gadget").touch()
    Preferences().remember_project(tmp_path / "one, two.gadget")
    assert Preferences().recent_projects() == [tmp_path / "one, two.gadget"]


def test_recent_models_are_those_that_hold_a_pipeline(tmp_path):
    (tmp_path / "model").mkdir()
    preferences = Preferences()
    preferences.remember_model(tmp_path / "model")
    assert preferences.recent_models() == []
    (tmp_path / "model" / "meta.json").touch()
    assert preferences.recent_models() == [tmp_path / "model"]
