"""Label Studio's tasks may have several texts: one is read, and the regions of the others go back untouched."""

import json
from typing import Any

import pytest
from one_text import imported

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.writing import write_file

DATA = {"title": "Ana at home", "body": "Bo in the body here"}


def region(name: str, start: int, end: int, surface: str | None, to_name: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": surface, "labels": ["P"]}
    if surface is None:
        del value["text"]
    return {"id": name, "from_name": f"of {to_name}", "to_name": to_name, "type": "labels", "value": value}


def file_of(*results: dict[str, Any], **data: str) -> str:
    return json.dumps([{"id": 1, "data": data or DATA, "annotations": [{"id": 1, "result": results}]}])


TITLE, BODY = region("a", 0, 3, "Ana", "title"), region("b", 0, 2, "Bo", "body")
SAID = TITLE | {"type": "choices", "value": {"start": 0, "end": 3, "choices": ["sure"]}}
BETWEEN = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
REASON = "it belongs to the field “title”, and was kept as it is: the text is read from “body”"


def test_a_region_of_another_field_is_no_span_of_the_text_and_goes_back(made, tmp_path) -> None:
    annotated, receipt = imported(made("in.json", file_of(TITLE, BODY, SAID, BETWEEN)))
    assert (annotated.text, annotated.spans) == (DATA["body"], (Span(0, 2, "P"),))
    assert (receipt.spans_in_file, receipt.spans_exact, annotated.complete) == (1, 1, True)
    assert receipt.remarks.reasons == {REASON: 1}
    assert receipt.remarks.first[0].message == f"0–3 “P”: {REASON}"
    written = write_file(tmp_path / "out.json", [annotated], "labelstudio")
    (task,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert task["data"] == DATA
    assert sorted(task["annotations"][0]["result"], key=str) == sorted([TITLE, BODY, SAID, BETWEEN], key=str)
    assert written.not_held == {}


def test_what_is_new_is_called_as_the_tags_of_the_text_are(made, tmp_path) -> None:
    annotated, _receipt = imported(made("in.json", file_of(TITLE, BODY, region("c", 7, 11, "home", "title"))))
    assert annotated.text == DATA["title"]
    write_file(tmp_path / "out.json", [annotated._replace(spans=(Span(4, 6, "Q"),))], "labelstudio")
    (task,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    new, other = task["annotations"][0]["result"]
    assert (new["from_name"], new["to_name"], other) == ("of title", "title", BODY)


@pytest.mark.parametrize(("surface", "tags"), [("Ana", ("t1", "t2")), (None, ("title", "body"))])
def test_the_field_is_told_by_the_words_else_by_the_name(made, surface, tags) -> None:
    second = region("b", 0, 2, surface and "Bo", tags[1])
    annotated, receipt = imported(made("in.json", file_of(region("a", 0, 3, surface, tags[0]), second)))
    assert (annotated.text, annotated.spans) == (DATA["body"], (Span(0, 2, "P"),))
    assert receipt.remarks.reasons == {REASON: 1}


def test_two_tags_about_one_text_are_both_read(made) -> None:
    path = made("in.json", file_of(region("a", 0, 3, "Ana", "one"), region("b", 7, 11, "home", "two"), **DATA))
    annotated, receipt = imported(path)
    assert (annotated.text, len(annotated.spans), receipt.remarks.count) == (DATA["title"], 2, 0)


def test_the_short_form_knows_the_field_by_its_column(made) -> None:
    spans = {
        "of title": [{"start": 0, "end": 3, "text": "Ana", "labels": ["P"]}],
        "of body": [{"start": 0, "end": 2, "text": "Bo", "labels": ["P"]}],
    }
    annotated, receipt = imported(made("in.json", json.dumps([{"id": 1, **DATA, **spans}])))
    assert (annotated.text, annotated.spans) == (DATA["body"], (Span(0, 2, "P"),))
    assert receipt.remarks.reasons == {REASON: 1}
    assert annotated.meta["labelstudio"]["data"] == {"title": DATA["title"], "of title": spans["of title"]}


def choice(name: str, to_name: str) -> dict[str, Any]:
    return {"id": name, "from_name": "c", "to_name": to_name, "type": "choices", "value": {"choices": [name]}}


def test_a_choice_about_another_field_is_no_category_of_the_text_and_goes_back(made, tmp_path) -> None:
    annotated, receipt = imported(made("in.json", file_of(BODY, choice("long", "body"), choice("dull", "title"))))
    assert (annotated.text, annotated.categories, annotated.complete) == (DATA["body"], ("long",), True)
    assert receipt.remarks.reasons == {REASON: 1}
    assert receipt.remarks.first[0].message == f"“dull”: {REASON}"
    written = write_file(tmp_path / "out.json", [annotated._replace(categories=("short",))], "labelstudio")
    (task,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    results = {one["id"]: (one["to_name"], one["value"].get("choices")) for one in task["annotations"][0]["result"]}
    assert results == {"b": ("body", None), "dull": ("title", ["dull"]), "1-0": ("body", ["short"])}
    assert written.not_held == {}


def test_the_text_is_the_field_that_choices_are_about_where_there_are_no_spans(made) -> None:
    annotated, receipt = imported(made("in.json", file_of(choice("dull", "title"))))
    assert (annotated.text, annotated.categories, receipt.remarks.count) == (DATA["title"], ("dull",), 0)
    assert (annotated.complete, annotated.meta["labelstudio"]["to_name"]) == (False, "title")


def test_a_choice_about_a_picture_is_no_category_of_the_text(made) -> None:
    data = {"body": "Bo", "picture": "https://example.org/1.png"}
    annotated, receipt = imported(made("in.json", file_of(BODY, choice("sharp", "picture"), **data)))
    assert (annotated.text, annotated.categories, receipt.remarks.count) == ("Bo", (), 1)
    data["body"] = "Bo is here, and it is a long text"
    annotated, receipt = imported(made("in.json", file_of(choice("sharp", "picture"), **data)))
    assert (annotated.text, annotated.categories, annotated.complete) == (data["body"], (), False)


def test_a_choice_of_a_tag_that_is_called_as_no_field_is_a_category(made) -> None:
    annotated, receipt = imported(made("in.json", file_of(BODY, choice("long", "t1"))))
    assert (annotated.text, annotated.categories, receipt.remarks.count) == (DATA["body"], ("long",), 0)
