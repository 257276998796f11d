"""Labels come in without the spaces around them, whatever the format, and what is one label then is one."""

import json

import pytest

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.reading import FileChoice, Import
from gadget_trainer.formats.writing import write_file

TEXT = "Ana met Bob in Oslo"
SPANS = [(0, 3, "P"), (0, 3, " P"), (8, 11, "P\t"), (15, 19, "\u00a0P\n")]
KEPT = (Span(0, 3, "P"), Span(8, 11, "P"), Span(15, 19, "P"))


def objects(start: str, end: str, label: str) -> list[dict[str, object]]:
    return [dict(zip((start, end, label), one, strict=True)) for one in SPANS]


REGIONS = [
    {
        "id": str(at),
        "type": "labels",
        "from_name": "label",
        "to_name": "text",
        "value": {"start": a, "end": b, "labels": [c]},
    }
    for at, (a, b, c) in enumerate(SPANS)
]
FILES = {
    "a.jsonl": json.dumps({"text": TEXT, "spans": objects("start", "end", "label"), "answer": "accept"}),
    "b.jsonl": json.dumps({"text": TEXT, "label": SPANS}),
    "c.jsonl": json.dumps({"text": TEXT, "entities": objects("start_offset", "end_offset", "label"), "relations": []}),
    "d.json": json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": REGIONS}]}]),
    "e.json": json.dumps([[TEXT, {"entities": SPANS}]]),
    "f.json": json.dumps([{"content": TEXT, "found": objects("begin", "stop", "tag")}]),
    "g.csv": "\n".join(["text,start,end,label,content", *(f'1,{a},{b},"{c}",{TEXT}' for a, b, c in SPANS)]),
}


def imported(path, labels: dict[str, str | None]):
    choice = FileChoice(path)
    reading = Import(((choice, choice.reader()),), labels)
    return list(reading.texts()), reading.receipts[0]


@pytest.mark.parametrize("name", FILES)
def test_spaces_around_a_label_are_taken_away_and_it_is_said(made, name) -> None:
    (text,), receipt = imported(made(name, FILES[name]), {})
    assert (text.spans, text.complete or name == "g.csv") == (KEPT, True)
    assert (receipt.spans_in_file, receipt.spans_exact, receipt.spans_merged) == (4, 3, 1)
    assert receipt.labels_changed.reasons == {"“ P” became “P”": 1, "“P\\t” became “P”": 1, "“\\xa0P\\n” became “P”": 1}


@pytest.mark.parametrize("name", FILES)
def test_what_was_decided_about_a_label_holds_for_it_with_spaces(made, name) -> None:
    (text,), receipt = imported(made(name, FILES[name]), {"P": "PERSON"})
    assert {span.label for span in text.spans} == {"PERSON"}
    assert receipt.labels_changed.count == 4
    (text,), receipt = imported(made(name, FILES[name]), {"P": None})
    assert (text.spans, receipt.spans_left_out.count) == ((), 4)


@pytest.mark.parametrize(("name", "target"), [("c.jsonl", "doccano"), ("d.json", "labelstudio")])
def test_what_is_said_of_a_span_goes_back_though_its_label_had_spaces(made, tmp_path, name, target) -> None:
    texts, _receipt = imported(made(name, FILES[name]), {})
    receipt = write_file(tmp_path / "back.json", texts, target)
    assert not receipt.not_held
    again = (tmp_path / "back.json").read_text()
    assert ("\\t" in again, again.count('"P"')) == (False, 4)


def test_refused_spans_and_examples_have_such_labels_too(made) -> None:
    refused = [{"start": 0, "end": 3, "label": " P"}]
    (text,), _receipt = imported(
        made("a.jsonl", json.dumps({"text": TEXT, "refused": refused, "answer": "accept"})), {}
    )
    assert text.refused == (Span(0, 3, "P"),)
    patterns = [{"label": "P ", "pattern": "Ana"}, {"label": "P", "pattern": "Bob"}]
    _texts, receipt = imported(made("p.jsonl", "\n".join(map(json.dumps, patterns))), {})
    assert receipt.examples == {"P": {"Ana": None, "Bob": None}}
