"""The place of a file that a receipt's note is about."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from gadget_trainer.formats.excerpt import excerpt
from gadget_trainer.formats.reading import FileChoice


def test_a_line_is_shown_as_it_stands(made) -> None:
    choice = FileChoice(made("a.jsonl", '{"text": "one"}\r\n{"text": "Zoë"}\r\n'))
    assert excerpt(choice, "a.jsonl:2") == '{"text": "Zoë"}'
    assert excerpt(choice, "a.jsonl:3") == ""
    assert excerpt(choice, "a.jsonl") == ""


def test_a_line_is_decoded_as_the_file_was(made) -> None:
    choice = FileChoice(made("a.txt", "Zoë".encode("cp1252")), encoding="cp1252")
    assert excerpt(choice, "a.txt:1") == "Zoë"


def test_a_record_of_a_list_is_shown_by_its_number(made) -> None:
    choice = FileChoice(made("a.json", json.dumps([{"text": "one"}, {"text": "two"}])))
    assert json.loads(excerpt(choice, "a.json:2")) == {"text": "two"}
    assert excerpt(choice, "a.json:3") == ""
    assert excerpt(FileChoice(made("b.json", "['python']")), "b.json:1") == ""


def test_a_long_line_is_shortened(made) -> None:
    assert len(excerpt(FileChoice(made("a.txt", "x" * 100_000)), "a.txt:1")) < 5_000


@pytest.mark.parametrize("name", ["spacy-json", "ner-annotator"])
def test_where_numbers_are_no_lines_no_line_is_shown(made, name) -> None:
    choice = FileChoice(made("a.py", "TRAIN_DATA = [\n('a', {})]"), format_name=name)
    assert excerpt(choice, "a.py:1") == ""


def test_what_is_no_text_is_not_shown(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.ann", "T1\tX 0 1\ta")
    assert excerpt(FileChoice(tmp_path / "a.zip"), "a.ann:1") == ""


def test_in_a_folder_and_beside_a_text_the_name_says_which_file_it_is(made, tmp_path: Path) -> None:
    made("a.txt", "Ana")
    made("a.ann", "T1\tX 0 9\tAna\n")
    assert excerpt(FileChoice(tmp_path), "a.ann:1") == "T1\tX 0 9\tAna"
    assert excerpt(FileChoice(tmp_path / "a.txt"), "a.ann:1") == "T1\tX 0 9\tAna"
    assert excerpt(FileChoice(tmp_path / "a.txt"), "../a.ann:1") == "T1\tX 0 9\tAna"
    assert excerpt(FileChoice(tmp_path), "../../etc/passwd:1") == ""
