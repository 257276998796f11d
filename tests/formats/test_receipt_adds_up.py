"""Every span of a file is exact, repaired or lost, once: counted in real files by other means than the readers'."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gadget_trainer.formats.reading import FileChoice, Import, read_files

Counts = tuple[int, int, int]


def counts(path: Path) -> Counts:
    """How many spans were exact, repaired and lost."""
    reading = read_files([path])
    texts = list(reading.texts())
    (receipt,) = reading.receipts
    assert receipt.spans_kept == sum(len(one.spans) for one in texts)
    assert receipt.spans_refused == sum(len(one.refused) for one in texts)
    found = (receipt.spans_exact, receipt.spans_repaired.count, receipt.spans_lost.count)
    assert receipt.spans_in_file == sum(found)
    stated = receipt.to_json()
    assert (stated["spans_in_file"], stated["spans_exact"]) == (sum(found), found[0])
    assert f"Spans in the file: {sum(found):,}" in receipt.lines()
    return found


def rows(path: Path) -> list[dict[str, list[object]]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def prodigy(path: Path) -> int:
    return sum(len(row.get("spans", [])) for row in rows(path))


def doccano(path: Path) -> int:
    return sum(len(row.get("label") or row.get("entities") or []) for row in rows(path))


def label_studio(path: Path) -> int:
    regions = (one for task in json.loads(path.read_text("utf-8")) for one in task["annotations"][0]["result"])
    return sum(len(one["value"].get("labels", [None])) for one in regions)


def brat(path: Path) -> int:
    return sum(line.startswith("T") for each in path.glob("*.ann") for line in each.read_text("utf-8").splitlines())


def begun(path: Path) -> int:
    return len(re.findall(r"[\t ]B-[^\t ]+$", path.read_text("utf-8"), re.MULTILINE))


def marks(path: Path) -> int:
    return path.read_text("utf-8").count("*]")


def tuples(path: Path) -> int:
    return sum(len(annotations["entities"]) for _text, annotations in json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "stated", "repaired", "lost"),
    [
        ("prodigy_food/food_40.jsonl", prodigy, 0, 0),
        ("prodigy_reddit_product/product_40.jsonl", prodigy, 1, 0),
        ("doccano/overlapping.jsonl", doccano, 1, 0),
        ("doccano/relations.jsonl", doccano, 0, 0),
        ("labelstudio_norwegian/export_2.json", label_studio, 0, 0),
        ("brat_materials", brat, 0, 0),
        ("conll/wnut17.conll", begun, 0, 0),
        ("conll/crossner.txt", begun, 0, 0),
        ("yedda_zh/excerpt.ann", marks, 15, 0),
        ("spacy_v3_demo/train.json", tuples, 0, 0),
    ],
)
def test_the_spans_of_real_files(
    data: Path, name: str, stated: Callable[[Path], int], repaired: int, lost: int
) -> None:
    path = data / name
    assert counts(path) == (stated(path) - repaired - lost, repaired, lost)


def test_real_spans_that_overlap(data: Path) -> None:
    assert counts(data / "inception_tsv3" / "example2.tsv") == (8, 0, 3)
    assert counts(data / "inception_tsv3" / "testMultiTokenStackedSpanWithFeatureValue.tsv") == (1, 0, 1)


def span(start: int, end: int, label: str = "X") -> dict[str, object]:
    return {"start": start, "end": end, "label": label}


def row(*spans: dict[str, object], text: str = " Ana Ruiz left", **more: object) -> str:
    return json.dumps({"text": text, "spans": spans, "answer": "accept", **more}) + "\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(row(span(0, 9), span(0, 9)), (0, 2, 0), id="trimmed, and merged with it"),
        pytest.param(row(span(0, 9), span(1, 9)), (1, 1, 0), id="merged with one that is exact"),
        pytest.param(row(span(0, 4), span(1, 9)), (1, 0, 1), id="would be trimmed, and is lost"),
        pytest.param(row(span(1, 4), span(1, 4), span(1, 9)), (1, 0, 2), id="there twice, and lost"),
        pytest.param(row(span(1, 4), _input_hash=1) * 3, (1, 2, 0), id="in all rows of a text"),
        pytest.param(row(span(1, 4), _input_hash=1) + row(span(5, 9), _input_hash=1), (0, 0, 2), id="in one row each"),
        pytest.param(row(span(1, 4), _view_id="ner") * 2, (1, 1, 0), id="the same answer twice"),
        pytest.param(row(span(1, 4), refused=[span(1, 4), span(5, 9), span(5, 9)]), (2, 1, 1), id="refused"),
    ],
)
def test_a_span_is_counted_once(made: Callable[[str, str], Path], content: str, expected: Counts) -> None:
    assert counts(made("a.jsonl", content)) == expected


def test_a_span_that_is_left_out_on_purpose_is_neither_lost_nor_repaired(made: Callable[[str, str], Path]) -> None:
    choice = FileChoice(made("a.jsonl", row(span(0, 4), span(5, 9, "Y"))))
    reading = Import(((choice, choice.reader()),), labels={"X": None})
    list(reading.texts())
    (receipt,) = reading.receipts
    assert (receipt.spans_exact, receipt.spans_repaired.count, receipt.spans_left_out.count) == (1, 0, 1)


def test_leaving_a_label_out_leaves_every_text_complete(made: Callable[[str, str], Path]) -> None:
    choice = FileChoice(made("a.jsonl", row(span(1, 4, "X")) + row(span(5, 9, "Y"), text=" Ana Ruiz")))
    texts = list(Import(((choice, choice.reader()),), labels={"X": None}).texts())
    assert [(len(one.spans), one.complete) for one in texts] == [(0, True), (1, True)]
