"""brat's folders and zips: random corpora come back, and a folder is replaced as a whole or not at all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from random_corpora import corpora, quick, through

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

ANA = AnnotatedText("🙂 Ana\r\n Ruiz left", (Span(2, 12, "FULL NAME"),), TextState.DONE, id=7, complete=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brat")


@pytest.mark.parametrize("name", ["corpus", "corpus.zip"])
@quick
@given(corpus=corpora)
def test_texts_and_spans_come_back(folder: Path, name: str, corpus: list[AnnotatedText]) -> None:
    expected = [one for one in corpus if one.state is not TextState.SKIPPED]
    if not expected:
        assert write_file(folder / name, corpus, "brat").texts_written == 0
        return
    _, again = through(folder / name, corpus, "brat", "brat")
    assert [one.text for one in again] == [one.text for one in expected]
    assert [one.spans for one in again] == [one.spans for one in expected]


def test_a_span_over_a_line_break_has_fragments(tmp_path: Path) -> None:
    receipt = write_file(tmp_path / "a.zip", [ANA])
    with ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["00000001.txt", "00000001.ann", "annotation.conf", "visual.conf"]
        assert archive.read("00000001.txt").decode() == ANA.text
        assert archive.read("00000001.ann").decode() == "T1\tFULL_NAME 2 5;8 12\tAna Ruiz\n"
        assert "\n[entities]\nFULL_NAME\n[relations]\n" in archive.read("annotation.conf").decode()
        assert "\n[labels]\nFULL_NAME | FULL NAME\n[drawing]\n" in archive.read("visual.conf").decode()
    assert receipt.not_held == {"signs in names of labels, which became “_”: visual.conf has the names": 1}


def test_what_points_to_spans_goes_back_unless_they_are_gone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ana is in Oslo", "utf-8")
    lines = (
        "T3\tPERSON 0 3\tAna\nT5\tCITY 10 14\tOslo\n"
        "R1\tLivesIn Arg1:T3 Arg2:T5\nA1\tSure R1\n#1\tAnnotatorNotes T3\tT9?\n"
    )
    (tmp_path / "in" / "a.ann").write_text(lines, "utf-8")
    (before,) = read_files([tmp_path / "in"]).texts()
    write_file(tmp_path / "out", [before], "brat")
    assert (tmp_path / "out" / "00000001.ann").read_text("utf-8") == lines

    changed = AnnotatedText(before.text, (before.spans[0], Span(4, 6, "VERB")), TextState.DONE, meta=before.meta)
    receipt = write_file(tmp_path / "out", [changed], "brat")
    assert (tmp_path / "out" / "00000001.ann").read_text("utf-8") == (
        "T3\tPERSON 0 3\tAna\nT6\tVERB 4 6\tis\n#1\tAnnotatorNotes T3\tT9?\n"
    )
    assert receipt.not_held["relations, events, attributes and notes of spans that are gone"] == 2


def test_an_older_export_is_replaced_and_nothing_of_it_is_left(tmp_path: Path) -> None:
    write_file(tmp_path / "out", [ANA, ANA], "brat")
    write_file(tmp_path / "out", [ANA], "brat")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "00000001.ann",
        "00000001.txt",
        "annotation.conf",
        "visual.conf",
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(UserError, match=r"holds thesis\.txt, which is not of an export"):
        write_file(tmp_path, [ANA], "brat")
    with pytest.raises(UserError, match=r"is a file\. Choose a folder"):
        write_file(tmp_path / "thesis.txt", [ANA], "brat")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_error_while_the_texts_are_drawn_leaves_the_old_folder(tmp_path: Path) -> None:
    write_file(tmp_path / "out", [ANA], "brat")

    def texts() -> Iterator[AnnotatedText]:
        yield AnnotatedText("New")
        raise LookupError("a bug of ours")

    with pytest.raises(LookupError):
        write_file(tmp_path / "out", texts(), "brat")
    assert (tmp_path / "out" / "00000001.txt").read_bytes().decode() == ANA.text
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.writing import write_file

def texts():
    yield AnnotatedText("New")
    os.kill(os.getpid(), signal.SIGKILL)

write_file(Path(sys.argv[1]), texts(), "brat")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_kill_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, [ANA], "brat")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / name)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [one.text for one in read_files([tmp_path / name]).texts()] == [ANA.text]
    write_file(tmp_path / name, [AnnotatedText("Newer")], "brat")
    assert [one.text for one in read_files([tmp_path / name]).texts()] == ["Newer"]


def test_a_disk_that_fails_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "out", [ANA], "brat")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(UserError, match=r"cannot be written: No space left on device\."):
        write_file(tmp_path / "out", [AnnotatedText("New")], "brat")
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]
