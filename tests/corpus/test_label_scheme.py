"""Label schemes go out into a file and come into another project."""

import json
from dataclasses import replace

import pytest

from gadget_trainer.corpus.label_scheme import read_scheme, write_scheme
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Label
from gadget_trainer.errors import UserError


@pytest.fixture
def file(tmp_path):
    return tmp_path / "labels.json"


def shown(project):
    return [replace(label, id=0, position=0) for label in project.read.labels()]


def test_a_scheme_comes_back_as_it_was(project, tmp_path, file):
    project.labels.add("Ort", "#123456", description="Wo etwas ist.\nAuch “dort”.", examples=["Zürich", "😀"], key="o")
    project.labels.add("PERSON")
    project.labels.reorder([3, 1, 2])
    write_scheme(file, project.read.labels())
    other = Project.create(tmp_path / "other.gadget")
    try:
        outcome = other.labels.take_scheme(read_scheme(file))
        assert outcome.summary == "Imported a label scheme: 3 added, 0 changed"
        assert outcome.labels_changed
        assert shown(other) == shown(project)
        assert [label.position for label in other.read.labels()] == [0, 1, 2]
        assert other.labels.take_scheme(read_scheme(file)) is None
        other.journal.undo()
        assert other.read.labels() == []
    finally:
        other.close()


def test_labels_of_one_name_become_one_and_the_others_come_after(project, file):
    project.labels.add("PHONE", description="Kept.", key="P")
    before = project.read.labels()
    file.write_text(
        json.dumps([{"name": "SHOP", "key": "s"}, {"name": "PHONE", "colour": "#ABCDEF", "examples": ["Pixel"]}]),
        encoding="utf-8",
    )
    assert project.labels.take_scheme(read_scheme(file)).summary == "Imported a label scheme: 1 added, 1 changed"
    shop, phone, gadget = project.read.labels()
    assert (shop.id, shop.name, shop.key) == (3, "SHOP", "S")
    assert shop.colour not in {phone.colour, gadget.colour}
    assert phone == Label(2, "PHONE", "#abcdef", 1, "Kept.", ("Pixel",), "P")
    assert gadget == replace(before[0], position=2)
    project.journal.undo()
    assert project.read.labels() == before
    project.journal.redo()
    assert project.read.labels() == [shop, phone, gadget]


def test_a_key_that_is_taken_stays_where_it_is(project):
    project.labels.add("PHONE", key="P")
    project.labels.add("TABLET", key="T")
    scheme = [Label(0, "PLACE", "", key="P"), Label(0, "FORM", "", key="F"), Label(0, "GADGET", "", key="T")]
    scheme.append(Label(0, "TABLET", ""))
    outcome = project.labels.take_scheme(scheme, {"F"})
    assert outcome.summary == "Imported a label scheme: 2 added, 2 changed; 2 keys were taken already"
    keys = {label.name: label.key for label in project.read.labels()}
    assert keys == {"PHONE": "P", "PLACE": "", "FORM": "", "GADGET": "T", "TABLET": ""}


def test_names_alone_are_a_scheme(file):
    file.write_text('["PERSON", "PLACE"]', encoding="utf-8-sig")
    assert [label.name for label in read_scheme(file)] == ["PERSON", "PLACE"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "labels.json is no JSON file"),
        (b"[" * 100_000, "labels.json is no JSON file"),
        (b"{}", "labels.json holds no list of labels"),
        (b"[]", "labels.json holds no list of labels"),
        (b"3", "labels.json holds no list of labels"),
        (b'["A", 3]', "Label 2 of labels.json is neither a name nor an object"),
        (b'[{"colour": "#123456"}]', "Label 1 of labels.json cannot be used. A label needs a name"),
        (b'["!A"]', "cannot start with"),
        (b'["A", "B", "A "]', "labels.json has the label A twice"),
        (b'[{"name": "A", "colour": "red"}]', "has the colour .red.. Write it as in #0072b2"),
        (b'[{"name": "A", "description": 3}]', "Label 1 of labels.json has a description that is no text"),
        (b'[{"name": "A\\ud800"}]', "Label 1 of labels.json has a name that is no text"),
        (b'[{"name": "A", "examples": "B"}]', "examples that are no list of words"),
        (b'[{"name": "A", "examples": ["\\udfff"]}]', "examples that are no list of words"),
        (b'[{"name": "A", "key": "ab"}]', "The label A of labels.json cannot be used. A key is one letter"),
        (b'[{"name": "A", "key": "q"}, {"name": "B", "key": "Q"}]', "label B .* The key Q chooses A already"),
    ],
)
def test_what_is_no_scheme_is_refused_in_words(file, content, sentence):
    file.write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        read_scheme(file)


def test_what_cannot_be_read_or_written_is_said(tmp_path):
    with pytest.raises(UserError, match="could not be read: No such file"):
        read_scheme(tmp_path / "none.json")
    with pytest.raises(UserError, match=r"could not be written to .*: Is a directory"):
        write_scheme(tmp_path, [])
