"""An import that is prepared: what is known of its files, and what was decided."""

import json
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.folders import files_in
from gadget_trainer.formats.forecast import forecasts
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.preview import look_at
from gadget_trainer.ui.importing.draft import Draft, at_once


def row(text, *spans):
    return json.dumps({"text": text, "spans": [{"start": a, "end": b, "label": c} for a, b, c in spans]}) + "\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.jsonl").write_text(row("Ana in Oslo", (0, 3, "PER"), (7, 11, "CITY")), encoding="utf-8")
    (made / "b.jsonl").write_text(row("Bob", (0, 3, "PERSON")), encoding="utf-8")
    return made


def drafted(*paths: Path) -> Draft:
    draft = Draft(*files_in(paths), ["PERSON"])
    look(draft)
    return draft


def look(draft: Draft) -> None:
    for glimpse in look_at(draft.pending()):
        draft.note(glimpse)


def foresee(draft: Draft) -> None:
    for forecast in forecasts(draft.to_foresee()):
        draft.note_forecast(forecast)


def imported(draft: Draft):
    plan = draft.plan()
    return list(plan.texts()), plan.receipts


def test_what_comes_is_summed_up(folder):
    draft = drafted(folder)
    assert (draft.title(), draft.summary(), draft.blocker()) == ("2 files", "2 texts with 3 spans.", "")
    assert draft.labels() == {"PER": 1, "CITY": 1, "PERSON": 1}


def test_labels_are_kept_renamed_merged_and_left_out(folder):
    draft = drafted(folder)
    assert draft.rename("PER", " PERSON ") == ""
    assert draft.rename("CITY", None) == ""
    (first, second), (receipt, _other) = imported(draft)
    assert first.spans == (Span(0, 3, "PERSON"),)
    assert second.spans == (Span(0, 3, "PERSON"),)
    assert first.complete
    assert receipt.spans_kept == 1
    assert receipt.labels_changed.reasons == {"“PER” became “PERSON”": 1}
    assert receipt.spans_left_out.reasons == {"its label was left out on purpose": 1}
    assert "Labels renamed: “PER” became “PERSON” (1)" in receipt.lines()


def test_a_label_with_spaces_around_it_is_one_with_that_without(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("Ana in Oslo", (0, 3, "P "), (7, 11, "P")), encoding="utf-8")
    draft = drafted(path)
    assert draft.labels() == {"P": 2}
    assert draft.files[0].glimpse.notes == ("Renamed: “P ” became “P”",)


def test_a_label_goes_back_to_what_it_was(folder):
    draft = drafted(folder)
    draft.rename("PER", None)
    draft.rename("PER", "PER")
    assert draft.names == {}
    assert draft.rename("PER", " ") == "A label needs a name. Type one, as in PERSON."
    assert draft.new_name("PER") == "PER"


def test_refused_spans_follow_their_labels(tmp_path):
    refused = [{"start": 0, "end": 3, "label": "PER"}, {"start": 0, "end": 3, "label": "CITY"}]
    spans = [{"start": 4, "end": 8, "label": "CITY"}]
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Ana Oslo", "spans": spans, "refused": refused}))
    draft = drafted(tmp_path / "a.jsonl")
    assert draft.labels() == {"CITY": 1, "PER": 0}
    draft.rename("PER", "PERSON")
    draft.rename("CITY", None)
    (text,), _receipts = imported(draft)
    assert (text.spans, text.refused) == ((), (Span(0, 3, "PERSON"),))


def test_a_file_that_cannot_be_read_is_left_out_and_has_a_receipt(folder):
    (folder / "c.jsonl").write_text(row("A") + "{“text”: broken", encoding="utf-8")
    (folder / "d.jsonl").touch()
    draft = drafted(folder)
    assert draft.summary() == "2 texts with 3 spans. 2 files cannot be read and are left out."
    texts, receipts = imported(draft)
    assert len(texts) == 2
    assert [one.file for one in receipts if one.unread] == ["in/c.jsonl", "in/d.jsonl"]
    assert receipts[-1].lines()[0] == "in/d.jsonl was not read."
    assert "is empty" in receipts[-1].lines()[1]


def test_a_file_can_be_left_out_on_purpose(folder):
    draft = drafted(folder)
    draft.files[0].taken = False
    assert draft.title() == "in/b.jsonl"
    texts, receipts = imported(draft)
    assert len(texts) == 1
    assert receipts[-1].unread == "It was left out on purpose."
    draft.files[1].taken = False
    assert draft.blocker() == "There is nothing that can be imported."


def test_a_change_makes_what_was_seen_outdated(folder):
    draft = drafted(folder)
    before = draft.files[0].glimpse
    draft.change([0], format_name="txt-file")
    assert draft.pending() == [draft.files[0].choice]
    assert not draft.is_counted()
    assert draft.note(before) is None
    look(draft)
    assert draft.files[0].glimpse.format_title == "Plain text (a text a file)"
    assert draft.is_counted()


def test_open_offsets_have_to_be_decided(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("🙂 Ana", (3, 6, "X")) + row("🙂 Ana!", (3, 6, "X")), encoding="utf-8")
    draft = drafted(path)
    assert draft.blocker().startswith("Say what the offsets of a.jsonl count")
    assert draft.first_asked() == 0
    draft.change([0], offsets=Reading.UTF16)
    look(draft)
    assert (draft.blocker(), draft.first_asked()) == ("", None)
    texts, _receipts = imported(draft)
    assert [text.text[slice(span.start, span.end)] for text in texts for span in text.spans] == ["Ana", "Ana"]


def test_what_was_decided_about_overlaps_is_imported(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("University of Oslo", (0, 18, "ORG"), (14, 18, "CITY")), encoding="utf-8")
    draft = drafted(path)
    (conflict,) = draft.files[0].glimpse.conflicts
    draft.files[0].decided[conflict.key] = conflict.readings()[1]
    (text,), _receipts = imported(draft)
    assert text.spans == (Span(14, 18, "CITY"),)


def test_a_label_left_out_is_in_nobodys_way(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("The Pixel, Ana!", (0, 15, "SENT"), (4, 9, "P"), (11, 14, "C")), encoding="utf-8")
    draft = drafted(path)
    assert draft.spans_of(draft.files[0], draft.files[0].glimpse.first[0]) == (Span(0, 15, "SENT"),)
    draft.rename("SENT", None)
    draft.rename("C", "PERSON")
    kept = (Span(4, 9, "P"), Span(11, 14, "PERSON"))
    (text,), (receipt,) = imported(draft)
    assert text.spans == draft.spans_of(draft.files[0], draft.files[0].glimpse.first[0]) == kept
    assert text.complete
    assert (receipt.spans_in_file, receipt.spans_exact, receipt.spans_lost.count) == (3, 2, 0)
    assert receipt.spans_left_out.count == 1
    assert "1 left out on purpose" in receipt.summary()


def test_labels_that_become_one_on_the_same_words_are_merged(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("Ana in Oslo", (0, 3, "PER"), (0, 3, "PERSON"), (7, 11, "CITY")), encoding="utf-8")
    draft = drafted(path)
    draft.rename("PER", "PERSON")
    (text,), (receipt,) = imported(draft)
    assert text.spans == (Span(0, 3, "PERSON"), Span(7, 11, "CITY"))
    assert text.complete
    assert (receipt.spans_lost.count, receipt.spans_merged, receipt.spans_in_file) == (0, 1, 3)


def test_what_was_decided_holds_for_labels_that_are_renamed(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("University of Oslo", (0, 18, "ORG"), (14, 18, "CITY"), (0, 18, "X")), encoding="utf-8")
    draft = drafted(path)
    (conflict,) = draft.files[0].glimpse.conflicts
    draft.files[0].decided[conflict.key] = (Span(14, 18, "CITY"),)
    draft.rename("CITY", "PLACE")
    draft.rename("X", None)
    (text,), _receipts = imported(draft)
    assert text.spans == draft.spans_of(draft.files[0], draft.files[0].glimpse.first[0]) == (Span(14, 18, "PLACE"),)


def test_a_text_whose_only_label_is_left_out_stays_done(tmp_path):
    path = tmp_path / "a.ann"
    path.write_text("[@Ana#PER*] was here\n[@Bob#PER*] and [@Oslo#CITY*]\n", encoding="utf-8")
    draft = drafted(path)
    draft.rename("PER", None)
    texts, _receipts = imported(draft)
    assert [text.state.value for text in texts] == ["done", "done"]


def test_without_a_preview_a_bad_file_that_was_named_ends_it_and_one_in_a_folder_is_named(folder):
    (folder / "c.bin").write_bytes(b"\x00\xff")
    plan = at_once([folder])
    assert len(list(plan.texts())) == 2
    assert [one.file for one in plan.receipts if one.unread] == ["in/c.bin"]
    with pytest.raises(UserError, match=r"c\.bin is in no format"):
        at_once([folder / "c.bin"])


def test_what_comes_is_counted_as_labels_are_called(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("The Pixel, Ana!", (0, 15, "SENT"), (4, 9, "P"), (11, 14, "C"), (3, 9, "C")), encoding="utf-8")
    draft = drafted(path)
    (file,) = draft.files
    assert (draft.summary(), draft.to_foresee()) == ("1 text with 1 span.", [])
    assert "Lost: a longer or earlier one overlaps it (3 times)" in file.notes
    draft.rename("SENT", None)
    assert draft.summary() == "1 text with 1 span, before your decisions about labels and overlaps."
    foresee(draft)
    assert (draft.summary(), draft.spans()) == ("1 text with 2 spans.", 2)
    assert file.notes == (
        "Lost: another one has the same place",
        "Left out: its label was left out on purpose",
    )
    draft.rename("C", "P")
    foresee(draft)
    assert "Repaired: the same span is there twice and was merged" in file.notes
    assert "Renamed: “C” became “P” (2 times)" in file.notes
    (text,), (receipt,) = imported(draft)
    assert (len(text.spans), receipt.spans_kept) == (draft.spans(), draft.spans())
    draft.rename("SENT", "SENT")
    draft.rename("C", "C")
    assert (draft.summary(), draft.to_foresee()) == ("1 text with 1 span.", [])


def test_what_comes_is_counted_as_overlaps_are_decided(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(row("Oslo and Rome", (0, 13, "ORG"), (0, 4, "CITY"), (9, 13, "CITY")), encoding="utf-8")
    draft = drafted(path)
    (file,) = draft.files
    (conflict,) = file.glimpse.conflicts
    file.decided[conflict.key] = conflict.readings()[1]
    (plan,) = draft.to_foresee()
    foresee(draft)
    assert (draft.spans(), len(imported(draft)[0][0].spans)) == (2, 2)
    file.decided[conflict.key] = conflict.readings()[0]
    assert draft.to_foresee()
    (late,) = [one for one in forecasts([plan]) if one is not None]
    assert draft.note_forecast(late) is None
    foresee(draft)
    assert draft.spans() == 1


def test_labels_of_another_file_change_nothing(folder):
    draft = drafted(folder)
    draft.rename("PER", None)
    assert [plan.choice.path.name for plan in draft.to_foresee()] == ["a.jsonl"]
    foresee(draft)
    assert draft.summary() == "2 texts with 2 spans."
    (folder / "a.jsonl").unlink()
    draft.rename("CITY", None)
    foresee(draft)
    assert draft.summary() == "2 texts with 3 spans, before your decisions about labels and overlaps."
