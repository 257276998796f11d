import codecs
import json
import os
import re
import socket
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Format
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.registry import formats, readers, recognise, writers

ROW = '{"text": "🙂 Ana", "spans": []}\n'


def test_every_format_says_what_people_need() -> None:
    for some in (readers(), writers()):
        assert len({each.name for each in some}) == len(some)
    names = [each.name for each in readers()]
    assert {
        "brat",
        "conll",
        "doccano",
        "webanno-tsv",
        "yedda",
        "jsonl",
        "labelstudio",
        "spacy",
        "spacy-json",
        "txt",
        "txt-file",
    } <= set(names)
    assert {"jsonl", "spacy", "spacy-json", "conll-2003", "doccano", "labelstudio", "brat", "webanno-tsv"} <= {
        each.name for each in writers()
    }
    for each in formats():
        assert isinstance(each, Format)
        assert each.title
        assert all(re.fullmatch(r"\.[a-z0-9]+", suffix) for suffix in each.suffixes)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ROW, "jsonl"),
        ("\n \r\n" + ROW, "jsonl"),
        (codecs.BOM_UTF8 + ROW.encode(), "jsonl"),
        (codecs.BOM_UTF16_LE + ROW.encode("utf-16-le"), "jsonl"),
        ('{"text": broken\n', "jsonl"),
        (ROW + '{"text": broken\n', "jsonl"),
        ('{"text": "' + "long " * 30_000 + '"}\n' + ROW, "jsonl"),
        ('[["Ana", {"entities": []}]]', "spacy-json"),
        ('[\n  [\n    "Ana",\n    {}\n  ]\n]', "spacy-json"),
        ('[["' + "long " * 30_000 + '", {"entities": []}]]', "spacy-json"),
        ("TRAIN_DATA = [('Ana', {'entities': []})]", "spacy-json"),
        ("[]", "spacy-json"),
        ("Ana\nRuiz\n", "txt"),
        ("caf\xe9\n".encode("latin-1"), "txt"),
        ('"Ana", she said\n', "txt"),
        ("[[deleted]]\n", "txt"),
    ],
)
def test_a_format_is_recognised_by_its_content(made, content, name) -> None:
    """Whatever the file is called."""
    for file_name in ("a", "a.txt", "a.jsonl", "a.json", "a.spacy"):
        assert recognise(made(file_name, content)).name == name


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff",
        b"PK\x03\x04\x14\x00\x00\x00\xff",
        '[{"name": "a"}]',
        "[1, 2]",
        '[["a", "b"], ["c", "d"]]',
        "[" * 100_000,
    ],
)
def test_what_is_in_no_known_format_is_said_with_those_that_are(made, content) -> None:
    with pytest.raises(UserError, match=r"^a\.txt is in no format that can be imported\. These can: .*Prodigy JSONL"):
        read_files([made("a.txt", content)])


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_BE, b" \r\n\t\n"])
def test_an_empty_file_is_said(made, content) -> None:
    with pytest.raises(UserError, match=r"a\.txt is empty\."):
        read_files([made("a.txt", content)])


@pytest.mark.parametrize("name", [None, "jsonl", "txt", "spacy"])
def test_what_is_not_a_file_is_said(tmp_path: Path, name) -> None:
    with pytest.raises(UserError, match=r" is a folder\."):
        read_files([tmp_path], name)
    with pytest.raises(UserError, match=r"gone\.txt does not exist\."):
        read_files([tmp_path / "gone.txt"], name)
    with pytest.raises(UserError, match=r"(does not exist|cannot be read)"):
        read_files([tmp_path / ("x" * 5000)], name)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs a file that is no file")
def test_what_is_neither_file_nor_folder_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match=r" is not a file that can be imported\."):
        read_files([tmp_path / "pipe"])


def test_an_unknown_format_is_said(made) -> None:
    with pytest.raises(UserError, match=r"“odt”\. Choose one of: .*jsonl, .*spacy, spacy-json, .*txt, txt-file.*\.$"):
        read_files([made("a.txt", "a")], "odt")


def test_a_file_that_may_not_be_read_is_said(made, monkeypatch) -> None:
    path = made("a.txt", "Ana\n")
    reading = read_files([path])

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match=r"a\.txt cannot be read: Permission denied\."):
        read_files([path])
    with pytest.raises(UserError, match=r"a\.txt cannot be read: Permission denied\."):
        list(reading.texts())


def test_several_files_are_read_in_turn_each_with_its_receipt(made) -> None:
    reading = read_files([made("a.txt", "one\n\ntwo\n"), made("b.jsonl", ROW)])
    texts = reading.texts()
    assert [text.source for text in texts] == ["a.txt:1", "a.txt:3", "b.jsonl:1"]
    assert [receipt.summary() for receipt in reading.receipts] == [
        "Read 2 texts with 0 spans from a.txt; 1 record without a usable text.",
        "Read 1 text with 0 spans from b.jsonl.",
    ]


def test_texts_come_one_by_one(made) -> None:
    """A file of any length costs the memory of one text, and an import can be ended in its middle."""
    lines = "".join(json.dumps({"text": f"text {number}"}) + "\n" for number in range(5000))
    reading = read_files([made("a.jsonl", lines + "broken\n")])
    texts = reading.texts()
    assert next(texts).text == "text 0"
    assert reading.receipts[0].texts_read == 1
    with pytest.raises(UserError, match=r"^a\.jsonl:5001 "):
        list(texts)


def test_wrong_encoding_is_said_with_its_line(made) -> None:
    reading = read_files([made("a.jsonl", ROW.encode() + '{"text": "café"}\n'.encode("latin-1"))])
    with pytest.raises(UserError, match=r"^a\.jsonl:2 is not UTF-8: the byte at position 47 of the file"):
        list(reading.texts())


def test_food_excerpt_is_read_to_the_last_span(data: Path, read) -> None:
    texts, receipt = read(data / "prodigy_food" / "food_40.jsonl")
    assert receipt.summary() == "Read 40 texts with 47 spans from food_40.jsonl."
    assert receipt.fields_dropped == {"tokens": 40}
    assert receipt.remarks.count == 0
    assert {text.state for text in texts} == {TextState.DONE}
    assert sum(bool(text.spans) for text in texts) == 25
    assert sum(any(character > "\uffff" for character in text.text) for text in texts) == 5
    mentions = {text.text[span.start : span.end] for text in texts for span in text.spans}
    assert all(mention == mention.strip() for mention in mentions)
    assert "mock duck" not in mentions  # it is in line 1, which the excerpt leaves out


def test_product_excerpt_is_read_to_the_last_span(data: Path, read) -> None:
    texts, receipt = read(data / "prodigy_reddit_product" / "product_40.jsonl")
    assert receipt.summary() == "Read 40 texts with 20 spans from product_40.jsonl; 1 span repaired."
    assert receipt.spans_lost.count == 0
    states = [text.state for text in texts]
    assert (states.count(TextState.DONE), states.count(TextState.SKIPPED), states.count(TextState.TODO)) == (13, 6, 21)
    assert not any(text.complete for text in texts)
    refused = [(text.text, span) for text in texts for span in text.refused]
    assert len(refused) == 21
    assert ("MX", "PRODUCT") in {(text[span.start : span.end], span.label) for text, span in refused}


def test_spacys_demo_is_read_to_the_last_span(data: Path, read) -> None:
    texts, receipt = read(data / "spacy_v3_demo" / "train.json")
    assert receipt.summary() == "Read 8 texts with 8 spans from train.json."
    assert {text.text[span.start : span.end] for text in texts for span in text.spans} >= {"Shaka Khan", "London"}


@pytest.mark.skipif(os.name == "nt", reason="names of files are characters there")
def test_a_file_name_that_is_no_text_does_not_reach_the_project(tmp_path: Path, read) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text("Ana")
    except OSError:
        pytest.skip("the file system refuses such names")
    (text,), receipt = read(path)
    assert text.source == "caf?.txt:1"
    assert receipt.file == "caf?.txt"
