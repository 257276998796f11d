import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.writing import write_file

TEXTS = [AnnotatedText("Ana", (Span(0, 3, "PERSON"),), TextState.DONE, complete=True)]


@pytest.mark.parametrize(("name", "title"), [("a.jsonl", "Prodigy JSONL"), ("a.SPACY", "spaCy DocBin")])
def test_the_ending_says_the_format(tmp_path: Path, name, title) -> None:
    receipt = write_file(tmp_path / name, TEXTS)
    assert receipt.format_title == title
    assert receipt.summary() == f"Wrote 1 text with 1 span to {name}."
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_says_it_better(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", TEXTS, "spacy-json")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("[\n")


@pytest.mark.parametrize("name", ["a", "a.txt", "a.docx"])
def test_an_ending_that_says_nothing_is_said(tmp_path: Path, name) -> None:
    with pytest.raises(UserError, match=rf"^The ending of {name} .*\.jsonl \(Prodigy JSONL\)"):
        write_file(tmp_path / name, TEXTS)
    with pytest.raises(UserError, match=r"“txt”\. Choose one of: .*jsonl, .*spacy-json.*\.$"):
        write_file(tmp_path / name, TEXTS, "txt")


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(UserError, match=r" is a folder\."):
        write_file(tmp_path / "a.jsonl", TEXTS)
    with pytest.raises(UserError, match=r"its folder does not exist\."):
        write_file(tmp_path / "gone" / "a.jsonl", TEXTS)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(UserError, match=r"cannot be written: Permission denied\."):
        write_file(tmp_path / "a.jsonl", TEXTS)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, r"^The disk is full, so .*a\.jsonl was not written\."), (errno.EIO, r"cannot be written: ")],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file(tmp_path: Path, monkeypatch, code, words, call) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")

    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), fail)
    with pytest.raises(UserError, match=words):
        write_file(path, TEXTS)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_while_the_texts_are_drawn_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")

    def texts() -> Iterator[AnnotatedText]:
        yield from TEXTS
        raise LookupError("a bug of ours")

    with pytest.raises(LookupError):
        write_file(path, texts())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_at_the_target_before_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    def texts() -> Iterator[AnnotatedText]:
        yield from TEXTS
        assert not path.exists()

    write_file(path, texts())
    assert path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "a.jsonl", tmp_path / "link.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, TEXTS)
    assert link.is_symlink()
    assert path.read_text().startswith('{"text": "Ana"')
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
