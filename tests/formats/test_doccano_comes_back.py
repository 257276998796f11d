"""What doccano says beside the spans returns to doccano, and a label file beside the file is one of labels."""

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
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.writing import write_file

ANA = {"id": 3, "label": "P", "start_offset": 0, "end_offset": 3}
OSLO = {"id": 4, "label": "C", "start_offset": 7, "end_offset": 11}
IN = {"id": 9, "from_id": 3, "to_id": 4, "type": "in"}
ROW = {"id": 1, "text": "Ana in Oslo", "entities": [ANA, OSLO], "relations": [IN]}


def exported(path: Path, annotated: AnnotatedText) -> tuple[dict[str, Any], ExportReceipt]:
    receipt = write_file(path, [annotated], "doccano")
    return json.loads(path.read_text("utf-8")), receipt


@pytest.fixture
def row_file(made: Callable[[str, str], Path]) -> Callable[..., Path]:
    """Make a file of one row."""
    return lambda row: made("in.jsonl", json.dumps(row, ensure_ascii=False))


def test_a_label_renamed_before_or_after_keeps_the_relations(row_file: Callable[..., Path], tmp_path: Path) -> None:
    annotated, _receipt = imported(row_file(ROW), {"P": "PERSON"})
    row, receipt = exported(tmp_path / "out.jsonl", annotated)
    assert row == ROW | {"entities": [ANA | {"label": "PERSON"}, OSLO]}
    assert "relations of spans that are gone" not in receipt.not_held
    later = annotated._replace(spans=(annotated.spans[0], Span(7, 11, "CITY")))
    row, _receipt = exported(tmp_path / "out.jsonl", later)
    assert (row["entities"][1], row["relations"]) == (OSLO | {"label": "CITY"}, [IN])


def test_ids_of_entities_that_are_merged_all_return(row_file: Callable[..., Path], tmp_path: Path) -> None:
    row = ROW | {"entities": [ANA, ANA | {"id": 5}, OSLO], "relations": [IN, IN | {"id": 10, "from_id": 5}]}
    assert exported(tmp_path / "out.jsonl", imported(row_file(row))[0])[0] == row


@pytest.mark.parametrize("unit", [Reading.CODE_POINTS, Reading.UTF16, Reading.GRAPHEMES])
def test_relations_return_whatever_the_offsets_count(
    row_file: Callable[..., Path], tmp_path: Path, unit: Reading
) -> None:
    shift = 2 + (unit is Reading.UTF16)
    entities = [one | {key: one[key] + shift for key in ("start_offset", "end_offset")} for one in (ANA, OSLO)]
    row = ROW | {"text": "🙂 Ana in Oslo", "entities": entities}
    returned, _receipt = exported(tmp_path / "out.jsonl", imported(row_file(row), offsets=unit)[0])
    assert [(one["id"], one["start_offset"]) for one in returned["entities"]] == [(3, 3), (4, 10)]
    assert returned["relations"] == [IN]


def test_the_id_of_an_entity_that_is_gone_is_not_given_to_another(
    row_file: Callable[..., Path], tmp_path: Path
) -> None:
    annotated, _receipt = imported(row_file(ROW))
    row, receipt = exported(tmp_path / "out.jsonl", annotated._replace(spans=(annotated.spans[0], Span(4, 6, "V"))))
    assert [one["id"] for one in row["entities"]] == [3, 5]
    assert row["relations"] == []
    assert receipt.not_held["relations of spans that are gone"] == 1


def test_what_entities_have_beside_their_spans_and_a_second_text_return(
    row_file: Callable[..., Path], tmp_path: Path
) -> None:
    row = ROW | {"data": "x", "entities": [ANA | {"user": 2, "created_at": "z"}], "relations": []}
    annotated, receipt = imported(row_file(row))
    assert not receipt.fields_dropped
    assert exported(tmp_path / "out.jsonl", annotated)[0] == row


def test_what_annotations_have_beside_their_spans_is_counted(row_file: Callable[..., Path]) -> None:
    row = {"text": "Ana in Oslo", "annotations": [ANA | {"user": 2, "created_at": "z"}]}
    _annotated, receipt = imported(row_file(row))
    dropped = {"annotations: id": 1, "annotations: user": 1, "annotations: created_at": 1}
    assert receipt.fields_dropped == dropped
    assert receipt.field_places["annotations: user"] == ["in.jsonl:1"]


def test_a_data_set_beside_the_file_names_no_labels(
    row_file: Callable[..., Path], made: Callable[[str, str], Path]
) -> None:
    path = row_file({"text": "Ana in Oslo", "annotations": [ANA | {"label": 1}]})
    made("docs.json", json.dumps([{"id": 1, "text": "A whole other text of a data set"}]))
    annotated, receipt = imported(path)
    assert [span.label for span in annotated.spans] == ["1"]
    assert receipt.remarks.reasons == {"a label is a number that no label file beside the file names": 1}
    made("names.json", json.dumps([{"id": 1, "text": "PERSON", "prefix_key": None}]))
    annotated, receipt = imported(path)
    assert [span.label for span in annotated.spans] == ["PERSON"]
    assert receipt.remarks.reasons == {"numbers of labels are named by names.json, which is beside the file": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doccano")


@quick
@given(made=repeated_spans(), unit=st.sampled_from([Reading.CODE_POINTS, Reading.UTF16]), renamed=st.booleans())
def test_every_entity_and_relation_returns(
    folder: Path, made: tuple[str, list[tuple[int, int, str]]], unit: Reading, renamed: bool
) -> None:
    text, found = made
    utf16 = Utf16Map(text)

    def entities(*, in_utf16: bool, names: dict[str, str]) -> list[dict[str, Any]]:
        def counted(place: int) -> int:
            return utf16.to_utf16(place) if in_utf16 else place

        return [
            {"id": number, "label": names.get(label, label), "start_offset": counted(a), "end_offset": counted(b)}
            for number, (a, b, label) in enumerate(found)
        ]

    relations = [{"id": number, "from_id": number, "to_id": 0} for number in range(1, len(found))]
    row = {"text": text, "entities": entities(in_utf16=unit is Reading.UTF16, names={}), "relations": relations}
    (folder / "in.jsonl").write_text(json.dumps(row), "utf-8")
    names = {"X": "Z"} if renamed else {}
    annotated, _receipt = imported(folder / "in.jsonl", names, format_name="doccano", offsets=unit)
    returned, receipt = exported(folder / "out.jsonl", annotated)
    assert returned == {"text": text, "entities": entities(in_utf16=True, names=names), "relations": relations}
    assert "relations of spans that are gone" not in receipt.not_held
