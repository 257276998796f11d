"""What brat says beside the spans returns to brat: ids, relations, events, attributes, gaps and the configuration."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_text import imported
from random_corpora import quick, texts

from gadget_trainer.cli import main
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.gaps import GapRule
from gadget_trainer.formats.mismatches import MismatchRule
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.preview import look_at
from gadget_trainer.formats.reading import FileChoice, read_files
from gadget_trainer.formats.writing import write_file

TEXT = "Ana is in Oslo"
ANN = (
    "T3\tPER 0 3\tAna\nT5\tLOC 10 14\tOslo\nR1\tLivesIn Arg1:T3 Arg2:T5\nA1\tNegated T3\n#1\tAnnotatorNotes T3\tcheck\n"
)
KNEES = "Pain in left and right\nknee."
FRAGMENTS = "T1\tBODY 17 22;23 27\tright knee\nT2\tBODY 8 12;23 27\tleft knee\nA1\tSure T2\n"

GAP = "T1\tBODY 0 4;15 19\tleft knee\n"

Pair = Callable[[str, str], Path]


@pytest.fixture
def pair(made: Callable[[str, str], Path], tmp_path: Path) -> Pair:
    """Make a text and its annotations in a folder."""

    def make(text: str, annotations: str) -> Path:
        (tmp_path / "in").mkdir(exist_ok=True)
        made("in/a.txt", text)
        return made("in/a.ann", annotations)

    return make


def exported(folder: Path, *annotated: AnnotatedText) -> tuple[str, ExportReceipt]:
    receipt = write_file(folder / "out", annotated, "brat")
    return (folder / "out" / "00000001.ann").read_text("utf-8"), receipt


@pytest.mark.parametrize("surface", ["T 31", "100 to 200", "x 1"])
def test_words_that_end_in_a_number_keep_their_id(pair: Pair, tmp_path: Path, surface: str) -> None:
    lines = f"T7\tMETA 0 {len(surface)}\t{surface}\nA1\tSure T7\n"
    assert exported(tmp_path, imported(pair(surface, lines))[0])[0] == lines


def test_ids_of_spans_that_are_merged_all_return(pair: Pair, tmp_path: Path) -> None:
    lines = ANN.replace("T5\t", "T4\tPER 0 3\tAna\nT5\t") + "R2\tKnows Arg1:T4 Arg2:T5\n"
    annotated, receipt = imported(pair(TEXT, lines))
    assert (receipt.spans_kept, receipt.spans_merged) == (2, 1)
    assert exported(tmp_path, annotated)[0] == lines


def test_a_label_renamed_before_or_after_keeps_ids_and_relations(pair: Pair, tmp_path: Path) -> None:
    annotated, _receipt = imported(pair(TEXT, ANN), {"PER": "PERSON"})
    written, receipt = exported(tmp_path, annotated)
    assert written == ANN.replace("PER", "PERSON")
    assert not receipt.not_held
    later = annotated._replace(spans=tuple(Span(one.start, one.end, "X") for one in annotated.spans))
    assert exported(tmp_path, later)[0] == ANN.replace("PER", "X").replace("LOC", "X")


def test_an_event_is_called_as_its_trigger_is_now(pair: Pair, tmp_path: Path) -> None:
    lines = "T1\tMove 4 6\tis\nT2\tPER 0 3\tAna\nE1\tMove:T1 Theme2:T2 \n"
    annotated, _receipt = imported(pair(TEXT, lines), {"Move": "BEING"})
    assert "\nE1\tBEING:T1 Theme2:T2 \n" in exported(tmp_path, annotated)[0]
    events = "[events]\nBEING\tTheme*:<ANY>\n"
    assert f"[entities]\nPER\n[relations]\n{events}" in (tmp_path / "out" / "annotation.conf").read_text("utf-8")


def test_of_two_labels_of_a_place_the_one_that_was_kept_has_its_id(pair: Pair, tmp_path: Path) -> None:
    annotated, receipt = imported(pair("Ana", "T1\tP 0 3\tAna\nT2\tQ 0 3\tAna\nA1\tSure T1\nA2\tSure T2\n"))
    assert receipt.spans_lost.count == 1
    renamed = annotated._replace(spans=(Span(0, 3, "Z"),))
    written, lost = exported(tmp_path, renamed)
    assert written == "T1\tZ 0 3\tAna\nA1\tSure T1\n"
    assert lost.not_held["relations, events, attributes and notes of spans that are gone"] == 1


def test_of_two_labels_that_become_one_both_ids_return(pair: Pair, tmp_path: Path) -> None:
    lines = "T1\tP 0 3\tAna\nT2\tQ 0 3\tAna\nA1\tSure T1\nA2\tSure T2\n"
    annotated, receipt = imported(pair("Ana", lines), {"Q": "P"})
    assert (receipt.spans_merged, receipt.spans_lost.count) == (1, 0)
    assert exported(tmp_path, annotated)[0] == lines.replace("\tQ ", "\tP ")


def test_a_span_with_a_gap_whose_label_is_left_out_is_counted_once(pair: Pair) -> None:
    for rule in GapRule:
        annotated, receipt = imported(pair("left and right knee", GAP), {"BODY": None}, gaps=rule)
        assert not annotated.spans
        assert (receipt.spans_left_out.count, receipt.spans_in_file) == (1, 1)


def test_the_id_of_a_span_that_is_gone_is_not_given_to_another(pair: Pair, tmp_path: Path) -> None:
    annotated, _receipt = imported(pair(TEXT, ANN))
    written, receipt = exported(tmp_path, annotated._replace(spans=(annotated.spans[0], Span(4, 6, "VERB"))))
    assert written == "T3\tPER 0 3\tAna\nT6\tVERB 4 6\tis\nA1\tNegated T3\n#1\tAnnotatorNotes T3\tcheck\n"
    assert receipt.not_held["relations, events, attributes and notes of spans that are gone"] == 1


def test_offsets_in_utf_16_units_return_as_code_points(pair: Pair, tmp_path: Path) -> None:
    annotated, receipt = imported(pair("🙂 Ana in Oslo", "T1\tPER 3 6\tAna\nA1\tNegated T1\n"))
    assert receipt.offsets is Reading.UTF16
    assert exported(tmp_path, annotated)[0] == "T1\tPER 2 5\tAna\nA1\tNegated T1\n"


def test_a_span_that_was_trimmed_keeps_its_id(pair: Pair, tmp_path: Path) -> None:
    annotated, _receipt = imported(pair(TEXT, "T9\tPER 0 4\tAna \nA1\tNegated T9\n"))
    assert exported(tmp_path, annotated)[0] == "T9\tPER 0 3\tAna\nA1\tNegated T9\n"


def test_a_span_that_was_moved_to_its_words_keeps_its_id(pair: Pair, tmp_path: Path) -> None:
    lines = "T8\tPER 2 5\tAna\nT9\tLOC 10 14\tOslo\nA1\tNegated T8\n"
    annotated, _receipt = imported(pair(TEXT, lines), mismatches=MismatchRule.WORDS)
    assert exported(tmp_path, annotated)[0] == lines.replace("2 5", "0 3")


@pytest.mark.parametrize(
    ("rule", "kept", "repaired", "lost"),
    [
        (GapRule.PARTS, ["left", "right\nknee"], {"it is a part of a span with a gap": 1}, 1),
        (GapRule.COVER, ["left and right\nknee"], {"it has a gap, which is covered as well": 1}, 1),
        (
            GapRule.FIRST,
            ["left", "right\nknee"],
            {"it is the first part of a span with a gap, and the others are left out": 1},
            0,
        ),
        (GapRule.LEAVE_OUT, ["right\nknee"], {}, 1),
    ],
)
def test_of_a_span_with_a_gap_what_was_chosen_is_taken(
    pair: Pair, tmp_path: Path, rule: GapRule, kept: list[str], repaired: dict[str, int], lost: int
) -> None:
    annotated, receipt = imported(pair(KNEES, FRAGMENTS), gaps=rule)
    assert [KNEES[span.start : span.end] for span in annotated.spans] == kept
    assert (receipt.gaps, dict(receipt.spans_repaired.reasons), receipt.spans_lost.count) == (1, repaired, lost)
    assert receipt.spans_in_file == receipt.spans_kept + lost
    assert annotated.complete is (lost == 0)
    lines = set(exported(tmp_path, annotated)[0].splitlines())
    expected = set(FRAGMENTS.splitlines())
    if rule is GapRule.COVER:  # it overlaps the other, and is longer
        expected.discard("T1\tBODY 17 22;23 27\tright knee")
    if rule is GapRule.LEAVE_OUT:
        expected -= {"T2\tBODY 8 12;23 27\tleft knee", "A1\tSure T2"}
    assert lines == expected


def test_a_gap_whose_part_was_taken_away_does_not_return(pair: Pair, tmp_path: Path) -> None:
    annotated, _receipt = imported(pair(KNEES, "T2\tBODY 8 12;23 27\tleft knee\n"))
    assert exported(tmp_path, annotated)[0] == "T2\tBODY 8 12;23 27\tleft knee\n"
    written, _receipt = exported(tmp_path, annotated._replace(spans=annotated.spans[1:]))
    assert written == "T3\tBODY 23 27\tknee\n"


def test_gaps_are_seen_in_the_preview_and_chosen_at_the_command_line(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = pair(KNEES, FRAGMENTS)
    *_others, glimpse = look_at([FileChoice(path, gaps=GapRule.COVER)])
    assert glimpse.gaps == 1
    assert "Repaired: it has a gap, which is covered as well" in glimpse.notes
    assert main(["import", str(tmp_path / "p.gadget"), str(path), "--gaps", "first"]) == 0
    assert "1 × it is the first part of a span with a gap, and the others are left out" in capsys.readouterr().out


def test_brat_finds_all_types_in_the_configuration(pair: Pair, tmp_path: Path) -> None:
    more = "A2\tSure T3 high\n*\tEquiv T3 T5\nE1\tLOC:T5 Theme1:T3 Theme2:T3\n"
    annotated, _receipt = imported(pair(TEXT, ANN + more))
    exported(tmp_path, annotated)
    lines = (tmp_path / "out" / "annotation.conf").read_text("utf-8").splitlines()
    assert lines[1:] == [
        "[entities]",
        "PER",
        "[relations]",
        "LivesIn\tArg1:<ANY>, Arg2:<ANY>",
        "Equiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive",
        "[events]",
        "LOC\tTheme*:<ANY>",
        "[attributes]",
        "Negated\tArg:<ANY>",
        "Sure\tArg:<ANY>, Value:high",
    ]


def test_labels_are_written_as_brat_stores_them_and_their_names_come_back(tmp_path: Path) -> None:
    labels = ["GPE/city:x", "[e]", "人名", "地名", "---", "<b>"]
    spans = tuple(Span(start, start + 1, label) for start, label in enumerate(labels))
    before = AnnotatedText("abcdefgh", spans, TextState.DONE, complete=True)
    written, receipt = exported(tmp_path, before)
    forms = ["GPE_city_x", "_e_", "__", "__-2", "___", "_b_"]
    assert [line.split("\t")[1].split(" ")[0] for line in written.splitlines()] == forms
    configuration = (tmp_path / "out" / "annotation.conf").read_text("utf-8")
    assert configuration.splitlines()[1 : 2 + len(forms)] == ["[entities]", *forms]
    assert "\n__ | 人名\n__-2 | 地名\n" in (tmp_path / "out" / "visual.conf").read_text("utf-8")
    assert receipt.not_held == {"signs in names of labels, which became “_”: visual.conf has the names": 6}
    reading = read_files([tmp_path / "out"])
    (after,) = reading.texts()
    assert after.spans == before.spans
    assert not reading.receipts[0].fields_dropped


def test_a_configuration_that_is_not_ours_is_counted(pair: Pair, tmp_path: Path) -> None:
    folder = pair(TEXT, ANN).parent
    (folder / "annotation.conf").write_text("[entities]\nPER\n", "utf-8")
    (folder / "visual.conf").write_text('[labels]\n# Labels: {"PER": "Person"}\n', "utf-8")
    annotated, receipt = imported(folder)
    assert [span.label for span in annotated.spans] == ["PER", "LOC"]
    assert receipt.fields_dropped == {"annotation.conf": 1, "visual.conf": 1}


@st.composite
def standoff(draw: st.DrawFn) -> tuple[str, Reading, list[str], list[str]]:
    """A text, the unit of its lines, and the lines in that unit and in code points: spans and their attributes."""
    text = draw(texts.filter(lambda one: not one.startswith("\ufeff")))
    unit = draw(st.sampled_from([Reading.CODE_POINTS, Reading.UTF16]))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    lines: list[str] = []
    expected: list[str] = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        surface = text[start:end]
        if surface == surface.strip() and len(surface.splitlines()) == 1 and not {"\t", "\ufeff"} & set(surface):
            for _copy in range(draw(st.integers(1, 2))):
                name = f"T{len(lines) + 1}\tX"
                lines.append(f"{name} {_counted(text, start, unit)} {_counted(text, end, unit)}\t{surface}")
                expected.append(f"{name} {start} {end}\t{surface}")
    attributes = [f"A{number}\tSure T{number}" for number in range(1, len(lines) + 1)]
    return text, unit, lines + attributes, expected + attributes


def _counted(text: str, place: int, unit: Reading) -> int:
    return len(text[:place].encode("utf-16-le")) // 2 if unit is Reading.UTF16 else place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("standoff")


@quick
@given(made=standoff().filter(lambda one: bool(one[2])), renamed=st.booleans())
def test_every_line_returns_with_its_id(
    folder: Path, made: tuple[str, Reading, list[str], list[str]], renamed: bool
) -> None:
    text, unit, lines, expected = made
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes("\n".join(lines).encode())
    annotated, receipt = imported(folder / "a.ann", {"X": "Y"} if renamed else {}, format_name="brat")
    written, exporting = exported(folder, annotated)
    returned = [line.replace("\tY ", "\tX ") for line in written.split("\n")[:-1]]
    assert sorted(line.partition("\t")[0] for line in returned) == sorted(line.partition("\t")[0] for line in lines)
    if receipt.offsets is unit:  # the other one may fit as well
        assert sorted(returned) == sorted(expected)
    assert "relations, events, attributes and notes of spans that are gone" not in exporting.not_held
