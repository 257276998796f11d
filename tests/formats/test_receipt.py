import json

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.notes import KEPT_NOTES, Notes
from gadget_trainer.formats.receipt import Receipt


def test_says_what_was_read_in_one_sentence() -> None:
    receipt = Receipt("food_data.jsonl", "Prodigy JSONL", texts_read=949, spans_kept=1904)
    assert receipt.summary() == "Read 949 texts with 1,904 spans from food_data.jsonl."

    for _ in range(3):
        receipt.spans_repaired.add("food_data.jsonl:1", "spaces at its edges were trimmed")
    receipt.spans_lost.add("food_data.jsonl:2", "it lies outside the text")
    assert receipt.summary() == "Read 949 texts with 1,904 spans from food_data.jsonl; 3 spans repaired, 1 lost."


def test_says_one_span_and_two_records() -> None:
    receipt = Receipt("a.txt", "Plain text", texts_read=1, spans_kept=0)
    receipt.spans_lost.add("a.txt:1", "it has no label that can be used")
    receipt.texts_skipped.add("a.txt:2", "the line is empty")
    receipt.texts_skipped.add("a.txt:3", "the line is empty")
    assert receipt.summary() == "Read 1 text with 0 spans from a.txt; 2 records without a usable text, 1 span lost."


def test_counts_all_notes_and_keeps_the_first() -> None:
    notes = Notes()
    for number in range(KEPT_NOTES + 5):
        notes.add(f"a:{number}", "the answer was reject")
    notes.add("a:x", "it has no label that can be used")

    assert notes.count == KEPT_NOTES + 6
    assert len(notes.first) == KEPT_NOTES
    assert notes.reasons == {"the answer was reject": KEPT_NOTES + 5, "it has no label that can be used": 1}
    lines = list(notes.lines("Spans lost"))
    assert lines[0] == "Spans lost: 1,006"
    assert lines[1] == "  1,005 × the answer was reject"
    assert lines[-1] == "    … and 6 more, counted above"


def test_a_receipt_without_notes_is_a_short_report() -> None:
    receipt = Receipt("a.jsonl", "Prodigy JSONL", texts_read=2)
    assert receipt.lines() == ["Read 2 texts with 0 spans from a.jsonl.", "Format: Prodigy JSONL"]


def test_receipts_are_json() -> None:
    receipt = Receipt("a.jsonl", "Prodigy JSONL", texts_read=2)
    receipt.spans_lost.add("a.jsonl:2", "it lies outside the text", "3–99 “X”")
    receipt.fields_dropped["tokens"] += 1
    record = json.loads(json.dumps(receipt.to_json()))
    assert record["spans_lost"] == {
        "count": 1,
        "reasons": {"it lies outside the text": 1},
        "notes": [{"where": "a.jsonl:2", "message": "3–99 “X”: it lies outside the text"}],
    }
    assert record["fields_dropped"] == {"tokens": 1}
    assert record["summary"] == receipt.summary()


def test_an_export_says_what_its_format_cannot_hold() -> None:
    receipt = ExportReceipt("train.spacy", "spaCy DocBin")
    receipt.count_written(AnnotatedText("Ana", (Span(0, 3, "X"),), flagged=True, meta={"a": 1}), 1)
    receipt.texts_left_out.add("text 4", "the text is skipped")
    assert receipt.summary() == "Wrote 1 text with 1 span to train.spacy; 1 text left out."
    assert receipt.lines()[-1] == "What this format cannot hold: flags (1), metadata (1)"
    assert json.loads(json.dumps(receipt.to_json()))["not_held"] == {"flags": 1, "metadata": 1}


def test_says_how_many_spans_are_exact() -> None:
    receipt = Receipt("a.jsonl", "Prodigy JSONL", texts_read=2, spans_kept=3, spans_refused=1)
    receipt.spans_repaired.add("a.jsonl:1", "spaces at its edges were trimmed")
    receipt.note_merged("a.jsonl:1", "the same span is there twice and was merged", "")
    receipt.spans_lost.add("a.jsonl:2", "it has no label that can be used")
    assert receipt.lines()[2:5] == [
        "Spans in the file: 6",
        "Spans exact: 3, of which 1 as refused",
        "Spans repaired: 2",
    ]
