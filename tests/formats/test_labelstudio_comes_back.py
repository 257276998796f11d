"""What Label Studio says beside the spans returns to it, under the key and with the names of its labelling setup."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_text import imported
from random_corpora import quick, repeated_spans

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.mismatches import MismatchRule
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.writing import write_file

TEXT = "Ana in Oslo"
URL = "https://example.org/a/very/long/address"
Made = Callable[[str, str], Path]


def region(name: str, start: int, end: int, *labels: str, text: str = TEXT, **more: object) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text[start:end], "labels": list(labels)}
    return {"id": name, "from_name": "ner", "to_name": "txt", "type": "labels", "value": value} | more


ANA = region("a1", 0, 3, "P")
OSLO = region("a2", 7, 11, "C")
IN = {"type": "relation", "from_id": "a1", "to_id": "a2", "direction": "right"}


def said(name: str, kind: str, value: object) -> dict[str, Any]:
    """Something that is said of a stretch by a tag of its own."""
    return ANA | {
        "id": name,
        "from_name": kind,
        "type": kind,
        "value": {"start": 0, "end": 3, "text": "Ana", kind: value},
    }


def task(*results: dict[str, Any], **data: str) -> dict[str, Any]:
    return {"id": 5, "data": data or {"text": TEXT}, "annotations": [{"id": 11, "result": list(results)}]}


def exported(path: Path, annotated: AnnotatedText) -> tuple[dict[str, Any], list[dict[str, Any]], ExportReceipt]:
    receipt = write_file(path, [annotated], "labelstudio")
    (written,) = json.loads(path.read_text("utf-8"))
    return written["data"], written["annotations"][0]["result"], receipt


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.json"


def test_the_key_of_the_text_is_decided_by_all_tasks_and_kept(made: Made, read: Callable[..., Any], out: Path) -> None:
    tasks = [task(content="Nothing", url=URL), task(ANA, content=TEXT, url=URL), task(content="No", url=URL)]
    (first, second, _third), receipt = read(made("in.json", json.dumps(tasks)))
    assert [first.text, second.text] == ["Nothing", TEXT]
    assert receipt.remarks.count == 0
    # A span that is new has the names of the setup, and so has one in a text that had none.
    data, results, _receipt = exported(out, second._replace(spans=(*second.spans, Span(7, 11, "C"))))
    assert data == {"content": TEXT, "url": URL}
    assert results[0] == ANA
    assert [results[1][name] for name in ("from_name", "to_name")] == ["ner", "txt"]
    _data, results, _receipt = exported(out, first._replace(spans=(Span(0, 7, "C"),), state=second.state))
    assert [results[0][name] for name in ("from_name", "to_name")] == ["ner", "txt"]


def test_drifting_offsets_still_tell_where_the_text_is(made: Made) -> None:
    drifted = ANA | {"value": ANA["value"] | {"start": 2, "end": 5}}
    annotated, _receipt = imported(made("in.json", json.dumps([task(drifted, content=TEXT, url=URL)])))
    assert annotated.text == TEXT


def test_a_task_without_the_key_of_the_others_is_worth_a_look(made: Made, read: Callable[..., Any]) -> None:
    tasks = [task(ANA, content=TEXT, url=URL)] * 2 + [task(title="Ana", body="Ana in Rome")]
    (*_others, last), receipt = read(made("in.json", json.dumps(tasks)))
    assert last.text == "Ana in Rome"
    assert receipt.remarks.reasons == {"its text is under another key than those of the other tasks": 1}
    assert last.meta["labelstudio"]["key"] == "body"


def test_a_label_renamed_before_or_after_keeps_the_relations(made: Made, out: Path) -> None:
    path = made("in.json", json.dumps([task(ANA, OSLO, IN)]))
    annotated, _receipt = imported(path, {"P": "PERSON"})
    _data, results, receipt = exported(out, annotated)
    assert results == [region("a1", 0, 3, "PERSON"), OSLO, IN]
    assert not {"relations of spans that are gone"} & receipt.not_held.keys()
    later = annotated._replace(spans=(annotated.spans[0], Span(7, 11, "CITY")))
    assert exported(out, later)[1] == [region("a1", 0, 3, "PERSON"), region("a2", 7, 11, "CITY"), IN]


def test_regions_that_are_merged_all_return(made: Made, out: Path) -> None:
    results = [ANA, region("a3", 0, 3, "P"), OSLO, IN, IN | {"from_id": "a3"}]
    assert exported(out, imported(made("in.json", json.dumps([task(*results)])))[0])[1] == results


def test_of_several_labels_of_a_region_the_one_that_was_kept_returns(made: Made, out: Path) -> None:
    both = region("a1", 0, 3, "P", "Q")
    annotated, receipt = imported(made("in.json", json.dumps([task(both, OSLO, IN)])))
    assert receipt.spans_lost.count == 1
    assert exported(out, annotated)[1] == [ANA, OSLO, IN]


def test_offsets_in_utf_16_units_return_as_code_points(made: Made, out: Path) -> None:
    text = "🙂 Ana in Oslo"
    value = {"start": 3, "end": 6, "text": "Ana", "labels": ["P"]}
    annotated, receipt = imported(made("in.json", json.dumps([task(ANA | {"value": value}, text=text)])))
    assert receipt.offsets is Reading.UTF16
    assert exported(out, annotated)[1] == [region("a1", 2, 5, "P", text=text)]


def test_a_region_that_was_moved_to_its_words_keeps_its_id(made: Made, out: Path) -> None:
    drifted = ANA | {"value": ANA["value"] | {"start": 2, "end": 5}}
    path = made("in.json", json.dumps([task(drifted, OSLO, IN)]))
    annotated, _receipt = imported(path, mismatches=MismatchRule.WORDS)
    assert exported(out, annotated)[1] == [ANA, OSLO, IN]


def test_what_is_said_of_a_span_is_none_and_returns_with_it(made: Made, out: Path) -> None:
    attributes = [said("a1", "choices", ["sure"]), said("a1", "textarea", ["check"])]
    annotated, receipt = imported(made("in.json", json.dumps([task(ANA, *attributes)])))
    assert (receipt.spans_in_file, receipt.spans_lost.count, annotated.complete) == (1, 0, True)
    _data, results, receipt = exported(out, annotated)
    assert results == [ANA, *attributes]
    _data, results, receipt = exported(out, annotated._replace(spans=(Span(7, 11, "C"),)))
    assert [one["value"].get("labels") for one in results] == [["C"]]
    assert receipt.not_held["what was said of spans that are gone"] == 2


def test_new_regions_have_ids_of_their_own(made: Made, out: Path) -> None:
    annotated, _receipt = imported(made("in.json", json.dumps([task(region("1-1", 7, 11, "C"))])))
    assert [one["id"] for one in exported(out, annotated._replace(spans=(Span(0, 3, "P"), *annotated.spans)))[1]] == [
        "1-2",
        "1-1",
    ]


def test_what_an_annotation_has_beside_its_results_is_counted(made: Made) -> None:
    annotation = {
        "id": 11,
        "result": [ANA],
        "ground_truth": True,
        "lead_time": 4.2,
        "completed_by": 3,
        "import_id": None,
    }
    _text, receipt = imported(made("in.json", json.dumps([task() | {"annotations": [annotation]}])))
    dropped = {"annotations: completed_by": 1, "annotations: ground_truth": 1, "annotations: lead_time": 1}
    assert receipt.fields_dropped == dropped


def test_results_that_cannot_be_are_no_crash(out: Path) -> None:
    odd = [
        ANA | {"value": {"start": [], "end": {}, "labels": ["P"]}},
        ANA | {"id": []},
        IN | {"from_id": [], "to_id": {}},
    ]
    meta = {"labelstudio": {"result": [*odd, OSLO], "key": 5}}
    data, results, _receipt = exported(out, AnnotatedText(TEXT, (Span(7, 11, "C"),), TextState.DONE, meta=meta))
    assert (data, results) == ({"text": TEXT}, [OSLO])


def test_json_min_returns_as_data_under_its_key(made: Made, out: Path) -> None:
    item = {"start": 0, "end": 3, "text": "Ana", "labels": ["P"]}
    sure = {"start": 0, "end": 3, "text": "Ana", "choices": ["sure"]}
    row = {"id": 1, "review": TEXT, "url": URL, "stars": 4, "ner": [item], "sure": [sure], "annotator": 1}
    annotated, receipt = imported(made("in.json", json.dumps([row])))
    assert receipt.fields_dropped == {"annotator": 1, "sure": 1}
    data, results, _receipt = exported(out, annotated)
    assert data == {"review": TEXT, "url": URL, "stars": 4}
    assert (results[0]["from_name"], results[0]["value"]) == ("ner", item)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("labelstudio")


@quick
@given(made=repeated_spans(), unit=st.sampled_from([Reading.CODE_POINTS, Reading.UTF16]), renamed=st.booleans())
def test_every_region_and_relation_returns(
    folder: Path, made: tuple[str, list[tuple[int, int, str]]], unit: Reading, renamed: bool
) -> None:
    text, found = made
    utf16 = Utf16Map(text)
    results: list[dict[str, Any]] = []
    expected: list[dict[str, Any]] = []
    for number, (start, end, label) in enumerate(found):
        name = "Z" if renamed and label == "X" else label
        expected.append(region(f"r{number}", start, end, name, text=text))
        value = {**expected[-1]["value"], "labels": [label]}
        if unit is Reading.UTF16:
            value |= {"start": utf16.to_utf16(start), "end": utf16.to_utf16(end)}
        results.append({**expected[-1], "value": value})
    relations = [IN | {"from_id": f"r{number}", "to_id": "r0"} for number in range(1, len(found))]
    (folder / "in.json").write_text(json.dumps([task(*results, *relations, text=text)]), "utf-8")
    annotated, _receipt = imported(folder / "in.json", {"X": "Z"} if renamed else {}, offsets=unit)
    data, returned, _receipt = exported(folder / "out.json", annotated._replace(state=TextState.DONE))
    assert (data, returned) == ({"text": text}, expected + relations)
