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


@pytest.mark.parametrize("name", ["crossner.txt", "sec_filings.txt", "wnut17.conll"])
def test_columns_lose_only_what_the_tokenizer_cuts_otherwise(data: Path, tmp_path: Path, name: str) -> None:
    before = read(data / "conll" / name)
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
