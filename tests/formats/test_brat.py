import zipfile
from pathlib import Path

import pytest

from gadget_trainer.errors import UserError
from gadget_trainer.formats import zipped
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.registry import recognise

TEXT = "🙂 Ana Ruiz\nmoved to Oslo.\n"
ANN = "T1\tPERSON 2 10\tAna Ruiz\nT2\tCITY 20 24\tOslo\nR1\tLivesIn Arg1:T1 Arg2:T2\t\n#1\tAnnotatorNotes T1\tcheck\n"
UTF16 = "T1\tPERSON 3 11\tAna Ruiz\nT2\tCITY 21 25\tOslo\n"
BOTH = [("Ana Ruiz", "PERSON"), ("Oslo", "CITY")]


def marked(text) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


@pytest.mark.parametrize("chosen", ["a.ann", "a.txt"])
def test_a_pair_is_read_from_either_file(made, read, chosen) -> None:
    made("a.txt", TEXT)
    made("a.ann", ANN)
    path = made(chosen, TEXT if chosen == "a.txt" else ANN)
    assert recognise(path).name == "brat"
    (text,), receipt = read(path)
    assert (text.text, marked(text), text.source) == (TEXT, BOTH, "a.ann")
    assert text.meta["brat"]["lines"] == ["R1\tLivesIn Arg1:T1 Arg2:T2\t", "#1\tAnnotatorNotes T1\tcheck"]
    assert len(text.meta["brat"]["spans"]) == 2
    assert receipt.offsets is Reading.CODE_POINTS
    assert not receipt.offsets_assumed


def test_spans_made_in_the_browser_are_read_as_utf16(made, read) -> None:
    made("a.txt", TEXT)
    (text,), receipt = read(made("a.ann", UTF16))
    assert marked(text) == BOTH
    assert receipt.offsets is Reading.UTF16


def test_a_text_without_its_partner_is_said(made, read) -> None:
    with pytest.raises(UserError, match=r"a\.txt is missing"):
        read(made("a.ann", ANN))


def test_fragments_are_joined_over_spaces_and_lines_that_are_none_are_lost(made, read) -> None:
    made("a.txt", "Pain in left and right\nknee.")
    content = "T1\tBODY 17 22;23 27\tright knee\nT3\tBODY x\tknee\nT4\n"
    (text,), receipt = read(made("a.ann", content), "brat")
    assert marked(text) == [("right\nknee", "BODY")]
    assert receipt.spans_lost.reasons == {"the line is not “ID, label start end, text”": 2}
    assert receipt.spans_lost.first[0].where == "a.ann:2"
    assert not text.complete


def test_a_folder_is_one_import_with_one_receipt(made, read, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for stem in ("b", "sub/a"):
        made(f"{stem}.txt", TEXT)
        made(f"{stem}.ann", ANN)
    made("annotation.conf", "[entities]\nPERSON\n")
    texts, receipt = read(tmp_path)
    assert [text.source for text in texts] == ["b.ann", "sub/a.ann"]
    assert receipt.spans_kept == 4


def zip_of(path: Path, entries: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_a_zip_of_a_folder(read, tmp_path: Path) -> None:
    entries = {"x/b.txt": TEXT, "x/b.ann": ANN, "x/c.ann": ANN, "x/annotation.conf": "[entities]"}
    path = zip_of(tmp_path / "a.zip", entries)
    assert recognise(path).name == "brat"
    texts, receipt = read(path)
    assert [(text.source, marked(text)) for text in texts] == [("x/b.ann", BOTH)]
    assert receipt.texts_skipped.reasons == {"the zip has no text of the same name": 1}


@pytest.mark.parametrize("name", ["../a", "x/../../a", "/a", "..\\a", "C:/a"])
def test_a_path_that_leads_out_of_a_zip_is_refused(tmp_path: Path, name) -> None:
    path = zip_of(tmp_path / "a.zip", {f"{name}.txt": TEXT, f"{name}.ann": ANN})
    with pytest.raises(UserError, match="leads outside"):
        read_files([path])


def test_a_bomb_is_refused(tmp_path: Path, read, monkeypatch) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.txt": "a" * 10_000, "a.ann": ANN})
    monkeypatch.setattr(zipped, "MOST_BYTES", 5000)
    with pytest.raises(UserError, match="unpacks to more than"):
        read(path, "brat")


def test_a_damaged_zip_is_said(tmp_path: Path, read) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.txt": TEXT, "a.ann": ANN})
    content = bytearray(path.read_bytes())
    content[35:60] = b"\xff" * 25
    path.write_bytes(bytes(content))
    with pytest.raises(UserError, match=r"a\.zip is damaged"):
        read(path, "brat")


@pytest.mark.parametrize("name", ["", "."])
def test_an_entry_without_a_name_is_no_crash(tmp_path: Path, read, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.ann", ANN)
        archive.writestr("odd", "")
        archive.infolist()[-1].filename = name
    if name:
        assert len(read(tmp_path / "a.zip", "brat")[0]) == 1
        return
    with pytest.raises(UserError, match=r"a\.zip is damaged"):
        read(tmp_path / "a.zip", "brat")


def test_a_real_folder_is_read_to_the_last_span(data: Path, read) -> None:
    texts, receipt = read(data / "brat_materials")
    lines = [line for path in (data / "brat_materials").glob("*.ann") for line in path.read_text("utf-8").splitlines()]
    assert receipt.spans_kept + receipt.spans_lost.count == sum(line.startswith("T") for line in lines)
    assert receipt.remarks.count == 0
    assert sum(len(text.meta["brat"]["lines"]) for text in texts) == sum(not line.startswith("T") for line in lines)
