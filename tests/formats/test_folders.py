"""Folders are looked through: what is in them is read, or named with the reason why not."""

import os
from pathlib import Path

import pytest

from gadget_trainer.formats import folders
from gadget_trainer.formats.folders import files_in
from gadget_trainer.formats.reading import FileChoice, Unread


def fill(folder: Path, **contents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return folder


def names(paths: list[Path]) -> tuple[list[str], list[Unread]]:
    files, unread = files_in(paths)
    return [one.name or one.path.name for one in files], unread


def test_files_that_are_named_come_as_they_are_each_once(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert files_in([missing, missing], "txt") == ([FileChoice(missing, format_name="txt")], [])


def test_a_folder_is_read_with_the_folders_in_it(tmp_path: Path) -> None:
    folder = fill(tmp_path / "letters", b__txt="two", a__txt="one")
    fill(folder / "old", c__txt="three")
    found, unread = names([folder])
    assert found == ["letters/a.txt", "letters/b.txt", "letters/old/c.txt"]
    assert unread == []


def test_texts_in_a_folder_are_a_text_a_file_and_other_formats_what_they_are(tmp_path: Path) -> None:
    folder = fill(tmp_path / "mixed", a__txt="one\ntwo", b__jsonl='{"text": "a", "spans": []}')
    assert [one.reader().name for one in files_in([folder])[0]] == ["txt-file", "jsonl"]
    assert files_in([folder / "a.txt"])[0][0].reader().name == "txt"


def test_a_folder_of_brats_is_one_thing_and_what_is_not_part_of_it_is_read_too(tmp_path: Path) -> None:
    folder = fill(tmp_path / "brat", a__txt="Ana", a__ann="T1\tP 0 3\tAna\n", annotation__conf="[entities]", b__txt="b")
    assert names([folder]) == (["brat", "brat/b.txt"], [])


def test_what_is_hidden_or_leads_outside_is_named(tmp_path: Path) -> None:
    folder = fill(tmp_path / "letters", a__txt="one", __DS_Store="x")
    fill(folder / ".git", config="x")
    fill(tmp_path, outside="not for us")
    try:
        (folder / "link.txt").symlink_to(tmp_path / "outside")
    except OSError:
        pytest.skip("links need a right here")
    found, unread = names([folder])
    assert found == ["letters/a.txt"]
    assert unread == [
        Unread("letters/link.txt", "It is a link that leads out of the folder."),
        Unread("2 hidden files in letters", "What is hidden in a folder is not imported."),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that is no file")
def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    folder = fill(tmp_path / "odd")
    os.mkfifo(folder / "pipe")
    assert names([folder]) == ([], [Unread("odd/pipe", "It is no file that can be read.")])


def test_an_empty_folder_is_said_to_be(tmp_path: Path) -> None:
    assert names([fill(tmp_path / "empty")]) == ([], [Unread("empty", "The folder is empty.")])


def test_a_folder_with_too_many_files_is_read_in_part_and_said_to_be(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    found, unread = names([fill(tmp_path / "home", a="1", b="2", c="3")])
    assert found == ["home/a", "home/b"]
    assert [one.name for one in unread] == ["1 more files in home"]
