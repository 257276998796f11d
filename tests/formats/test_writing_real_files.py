"""Real files go out as they came: read, written in the same format and read again, they hold the same."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file


def read(path: Path) -> list[AnnotatedText]:
    return list(read_files([path]).texts())


def texts_and_spans(texts: list[AnnotatedText]) -> list[tuple[object, ...]]:
    return [(one.text, one.spans, one.state) for one in texts]


@pytest.mark.parametrize(
    ("name", "writer", "out"),
    [
        ("prodigy_food/food_40.jsonl", "jsonl", "a.jsonl"),
        ("prodigy_reddit_product/product_40.jsonl", "jsonl", "a.jsonl"),
        ("spacy_v3_demo/train.json", "spacy-json", "a.json"),
        ("doccano/example.jsonl", "doccano", "a.jsonl"),
        ("doccano/relations.jsonl", "doccano", "a.jsonl"),
        ("labelstudio_norwegian/export_2.json", "labelstudio", "a.json"),
        ("brat_materials", "brat", "a.zip"),
        ("inception_tsv3/testSentenceWithEmoji.tsv", "webanno-tsv", "a.tsv"),
        ("inception_tsv3/testSentenceWithLineBreak.tsv", "webanno-tsv", "a.tsv"),
        ("inception_tsv3/example2.tsv", "webanno-tsv", "a.tsv"),
    ],
)
def test_texts_spans_and_states_are_the_same(data: Path, tmp_path: Path, name: str, writer: str, out: str) -> None:
    before = read(data / name)
    receipt = write_file(tmp_path / out, before, writer)
    assert (receipt.texts_left_out.count, receipt.spans_lost.count) == (0, 0)
    assert texts_and_spans(read(tmp_path / out)) == texts_and_spans(before)


@pytest.mark.parametrize(
    "name",
    [
        "conll/crossner.txt",
        "conll/ner-token-per-line-conll2003.iob",
        "conll/ner-token-per-line-with-pos.iob",
        "conll/sec_filings.txt",
        "conll/wnut17.conll",
        "doccano/trailing.conll",
    ],
)
def test_columns_return_line_by_line(data: Path, tmp_path: Path, name: str) -> None:
    receipt = write_file(tmp_path / "a", read(data / name), "conll")
    assert (tmp_path / "a").read_bytes().splitlines() == (data / name).read_bytes().splitlines()
    assert (receipt.spans_lost.count, receipt.texts_left_out.count, dict(receipt.not_held)) == (0, 0, {})


def test_doccanos_damaged_columns_return_line_by_line(data: Path, tmp_path: Path) -> None:
    # The tag that is in no scheme goes back as it is, and so does the line without a tag.
    write_file(tmp_path / "a", read(data / "doccano" / "invalid.conll"), "conll")
    assert (tmp_path / "a").read_text("utf-8") == (data / "doccano" / "invalid.conll").read_text("utf-8")


@pytest.mark.parametrize("name", ["crossner.txt", "wnut17.conll"])
def test_two_columns_return_as_iob2_too(data: Path, tmp_path: Path, name: str) -> None:
    receipt = write_file(tmp_path / "a.iob2", read(data / "conll" / name))
    assert (tmp_path / "a.iob2").read_text("utf-8").split() == (data / "conll" / name).read_text("utf-8").split()
    assert not receipt.not_held


@pytest.mark.parametrize("name", ["crossner.txt", "sec_filings.txt", "wnut17.conll"])
def test_columns_whose_words_are_unknown_lose_what_the_tokenizer_cuts_otherwise(
    data: Path, tmp_path: Path, name: str
) -> None:
    before = [one._replace(meta={}) for one in read(data / "conll" / name)]
    receipt = write_file(tmp_path / "a.iob2", before)
    after = read(tmp_path / "a.iob2")
    assert ["".join(one.text.split()) for one in after] == ["".join(one.text.split()) for one in before]
    surfaces = [
        Counter("".join(one.text[span.start : span.end].split()) for one in texts for span in one.spans)
        for texts in (before, after)
    ]
    assert (surfaces[0] - surfaces[1]).total() == receipt.spans_lost.count
    assert not surfaces[1] - surfaces[0]


def test_what_stands_beside_the_spans_returns_to_brat(data: Path, tmp_path: Path) -> None:
    # The lines of spans may come in another order.
    before = read(data / "brat_materials")
    receipt = write_file(tmp_path / "a", before, "brat")
    for number, original in enumerate(sorted((data / "brat_materials").glob("*.ann")), start=1):
        lines = {line for line in re.split("\r?\n", original.read_text("utf-8")) if line}
        written = set((tmp_path / "a" / f"{number:08}.ann").read_text("utf-8").splitlines())
        assert written == lines
    assert not receipt.not_held


def test_doccanos_relations_return_as_they_were(data: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "a.jsonl", read(data / "doccano" / "relations.jsonl"), "doccano")
    assert _rows(tmp_path / "a.jsonl") == _rows(data / "doccano" / "relations.jsonl")


def _rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def test_spacys_own_tuples_return_as_they_were(data: Path, tmp_path: Path) -> None:
    original = data / "spacy_v3_demo" / "train.json"
    write_file(tmp_path / "a.json", read(original), "spacy-json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == json.loads(original.read_text("utf-8"))


def test_doccanos_rows_return_but_for_what_is_no_text_and_what_is_there_twice(data: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "a.jsonl", read(data / "doccano" / "example.jsonl"), "doccano")
    expected = [row for row in _rows(data / "doccano" / "example.jsonl") if "text" in row]
    assert _rows(tmp_path / "a.jsonl") == expected
    write_file(tmp_path / "a.jsonl", read(data / "doccano" / "overlapping.jsonl"), "doccano")
    (expected,) = _rows(data / "doccano" / "overlapping.jsonl")
    assert _rows(tmp_path / "a.jsonl") == [expected | {"label": expected["label"][:1]}]


def test_label_studios_tasks_return_but_for_who_made_them_and_when(data: Path, tmp_path: Path) -> None:
    original = data / "labelstudio_norwegian" / "export_2.json"
    before = read(original)
    write_file(tmp_path / "a.json", before, "labelstudio")
    written, expected = (json.loads(path.read_text("utf-8")) for path in (tmp_path / "a.json", original))
    for after, task in zip(written, expected, strict=True):
        # Not kept: drafts, counts, times and names of a task and of its annotation, and predictions beside it. An
        # annotation gets the number of its task, and regions come in the order of the text.
        (annotation,), (result,) = task["annotations"], after["annotations"]
        assert after.keys() == {"id", "data", "annotations", "predictions"}
        assert result.keys() == {"id", "was_cancelled", "result"}
        assert after["data"] == task["data"]
        assert not result["was_cancelled"]
        assert sorted(result["result"], key=str) == sorted(annotation["result"], key=str)


def test_binary_rows_return_as_texts_with_what_was_refused(data: Path, tmp_path: Path) -> None:
    original = _rows(data / "prodigy_reddit_product" / "product_40.jsonl")
    write_file(tmp_path / "a.jsonl", read(data / "prodigy_reddit_product" / "product_40.jsonl"))
    written = _rows(tmp_path / "a.jsonl")
    # Rows of one text became one; a rejected suggestion is under "refused", and nothing else is known of its text.
    assert {row["text"] for row in written} == {row["text"] for row in original}
    for row in written:
        rows = [one for one in original if one["text"] == row["text"]]
        if row.get("answer") == "ignore":
            assert [one["answer"] for one in rows] == ["ignore"]
            continue
        for answer, key in (("accept", "spans"), ("reject", "refused")):
            stated = {
                (span["start"], span["end"], span["label"])
                for one in rows
                for span in one["spans"]
                if span.get("answer", one["answer"]) == answer
            }
            assert {(span["start"], span["end"], span["label"]) for span in row.get(key, [])} == stated
        assert row.get("complete", "answer" not in row) is ("answer" not in row)


def test_doccanos_table_returns_with_its_categories(data: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", read(data / "doccano" / "example.utf16.csv"), "csv")
    # In UTF-8, with the state of each text beside it.
    assert (tmp_path / "a.csv").read_text("utf-8-sig").split() == [
        "text,state,categories",
        "AAA,done,Positive",
        "BBB,done,Positive",
        "CCC,done,Negative",
    ]


def test_prodigys_rows_return_but_for_tokens(data: Path, tmp_path: Path) -> None:
    original = data / "prodigy_food" / "food_40.jsonl"
    receipt = write_file(tmp_path / "a.jsonl", read(original))
    expected = _rows(original)
    patterns = 0
    for row in expected:
        # Tokens are made again by the tokenizer; a span's own text and tokens follow from its offsets.
        del row["tokens"]
        for span in row["spans"]:
            for key in span.keys() & {"text", "token_start", "token_end"}:
                del span[key]
            patterns += "pattern" in span
    assert _rows(tmp_path / "a.jsonl") == expected
    assert patterns == 7
    reading = read_files([original])
    list(reading.texts())
    assert reading.receipts[0].fields_dropped == {"tokens": 40}
    assert not receipt.not_held


def test_answers_to_texts_return_as_the_texts_that_they_became(data: Path, tmp_path: Path) -> None:
    texts = read(data / "prodigy_reddit_product" / "product_40.jsonl")
    receipt = write_file(tmp_path / "a.jsonl", texts)
    again = read(tmp_path / "a.jsonl")
    # One span is there twice and was merged, so that the further fields of one of the two are gone.
    other = [(one.meta, before.meta) for one, before in zip(again, texts, strict=True) if one.meta != before.meta]
    assert [(len(one["_span_fields"]), len(before["_span_fields"])) for one, before in other] == [(1, 2)]
    assert receipt.not_held == {"fields of spans that are gone": 1}
    assert [one._replace(source="", meta={}) for one in again] == [one._replace(source="", meta={}) for one in texts]
