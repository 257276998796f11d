"""A wheel of a saved pipeline installs, loads by name, and holds none of the person's texts."""

import subprocess
import sys
from zipfile import ZipFile

import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from test_loop import train_and_save

from gadget_trainer.errors import UserError
from gadget_trainer.training.packaging import Packaged, _package_name, package
from gadget_trainer.training.progress import Saving
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

# spaCy leaves the closing of the files that it writes to Python.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

_USE = """
import spacy
nlp = spacy.load("en_my_gadgets_2")
print([(ent.text, ent.label_) for ent in nlp("Is the Kindle worth it, Dua?").ents])
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "My gadgets (2)"
    settings = TrainingSettings(output=folder, iterations=4, batch_size=40, dropout=0.1)
    train_and_save(TrainingRun(sentences_with_gadgets, settings))
    return folder


def test_wheel_installs_and_loads_by_name(model, tmp_path):
    *steps, done = package(str(model), tmp_path)
    assert isinstance(done, Packaged)
    assert done.name == "en_my_gadgets_2"
    assert [path.name for path in tmp_path.iterdir()] == [done.wheel.name], "nothing temporary is left"
    fractions = [step.fraction for step in steps if isinstance(step, Saving)]
    assert fractions == sorted(fractions)
    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(done.wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    use = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(site)!r}){_USE}"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert use.stdout.strip() == "[('Kindle', 'GADGET')]"
    assert "spacy" in (site / "en_my_gadgets_2-0.0.0.dist-info" / "METADATA").read_text()


def test_wheel_holds_no_texts_and_needs_spacy(model, tmp_path):
    done = list(package(str(model), tmp_path))[-1]
    with ZipFile(done.wheel) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "corpus" in name or name.endswith(".spacy")]
        content = b"".join(archive.read(name) for name in archive.namelist())
        metadata = archive.read("en_my_gadgets_2-0.0.0.dist-info/METADATA").decode()
    assert b"Galaxy S9 yesterday" not in content
    assert "Requires-Dist: spacy>=" in metadata
    assert b"contain your texts" not in content, "the README.md of the folder speaks of them"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Model", "model"),
        ("en_core", "core"),
        ("2024 run", "pipeline_2024_run"),
        ("模型", "pipeline"),
        ("é-a__b", "e_a_b"),
    ],
)
def test_package_is_called_what_pip_and_python_take(folder, name):
    assert _package_name(folder, "en") == name


def test_folder_without_a_pipeline_and_a_place_that_can_not_be_written_are_said(model, tmp_path):
    with pytest.raises(UserError, match="holds no spaCy pipeline"):
        list(package(str(tmp_path), tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="could not be written"):
        list(package(str(model), tmp_path / "file"))


def test_old_wheel_stays_when_the_new_one_is_broken_off(model, tmp_path):
    done = list(package(str(model), tmp_path))[-1]
    before = done.wheel.read_bytes()
    steps = package(str(model), tmp_path)
    for step in steps:
        if isinstance(step, Saving) and step.message == "Writing the wheel":
            break
    steps.close()
    assert done.wheel.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [done.wheel.name]


def test_pipeline_that_was_made_elsewhere_is_packaged(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "plain")
    assert list(package(str(tmp_path / "plain"), tmp_path))[-1].name == "de_plain"
