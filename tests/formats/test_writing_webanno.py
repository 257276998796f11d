"""WebAnno TSV: random corpora come back, spans that cut tokens too."""

from pathlib import Path

import pytest
from hypothesis import given
from random_corpora import corpora, of_note, quick, through

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("webanno")


def done(text: str, *spans: Span) -> AnnotatedText:
    return AnnotatedText(text, spans, TextState.DONE, complete=True)


@quick
@given(corpora)
def test_texts_and_spans_come_back(folder: Path, corpus: list[AnnotatedText]) -> None:
    written, again = through(folder / "a.tsv", corpus, "webanno-tsv", None)
    expected = [one for one in of_note(corpus) if not one.text.isspace()]
    assert [(one.text, one.spans) for one in again] == [(one.text, one.spans) for one in expected]
    assert written.texts_written + written.texts_left_out.count == len(corpus)
    assert written.spans_lost.count == 0


def test_offsets_count_utf_16_units_of_all_texts(tmp_path: Path) -> None:
    texts = [
        done("🙂 Ana Ruiz moved.", Span(2, 10, "PERSON")),
        done("A\n3x300 g", Span(4, 7, "a_b")),
        done("\n"),
    ]
    receipt = write_file(tmp_path / "a.tsv", texts)
    assert (tmp_path / "a.tsv").read_text("utf-8") == (
        "#FORMAT=WebAnno TSV 3.3\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n"
        "#Text=🙂 Ana Ruiz moved.\n"
        "1-1\t0-2\t🙂\t_\t_\t\n"
        "1-2\t3-6\tAna\t*[1]\tPERSON[1]\t\n"
        "1-3\t7-11\tRuiz\t*[1]\tPERSON[1]\t\n"
        "1-4\t12-17\tmoved\t_\t_\t\n"
        "1-5\t17-18\t.\t_\t_\t\n\n"
        "#Text=A\n#Text=3x300 g\n"
        "2-1\t19-20\tA\t_\t_\t\n"
        "2-2\t21-26\t3x300\t_\t_\t\n"
        "2-2.1\t23-26\t300\t*\ta\\_b\t\n"
        "2-3\t27-28\tg\t_\t_\t\n"
    )
    assert receipt.texts_left_out.reasons == {"it holds nothing but spaces": 1}
    assert (receipt.texts_written, receipt.spans_written, receipt.not_held) == (2, 2, {})


def test_spans_that_overlap_are_stacked(tmp_path: Path) -> None:
    write_file(tmp_path / "a.tsv", [done("Ana Ruiz", Span(0, 8, "PERSON"), Span(0, 3, "FIRST|NAME"))])
    assert "\t*|*[1]\tFIRST\\|NAME|PERSON[1]\t\n" in (tmp_path / "a.tsv").read_text("utf-8")


OWN = Path(__file__).parent.parent / "data" / "inception_tsv3"


@pytest.mark.parametrize("path", [each for each in sorted(OWN.glob("*.tsv")) if "example" not in each.name], ids=str)
def test_inceptions_own_files_go_out_byte_by_byte(path: Path, tmp_path: Path) -> None:
    receipt = write_file(tmp_path / "a.tsv", list(read_files([path]).texts()))
    assert (tmp_path / "a.tsv").read_bytes() == path.read_bytes()
    # Of spans that overlap some were lost when the file was read, and return with its lines.
    assert receipt.not_held.keys() <= {"that words outside the spans are unknown"}


def brought(tmp_path: Path, content: str, name: str = "in.tsv") -> list[AnnotatedText]:
    (tmp_path / name).write_text(content, "utf-8")
    return list(read_files([tmp_path / name]).texts())


LAYERS = """#FORMAT=WebAnno TSV 3.3
#T_SP=x.NamedEntity|identifier|value
#T_SP=x.Pos|pos
#T_RL=x.Lives|how|BT_x.NamedEntity
#T_RL=x.Next|BT_x.Pos


"""
FIRST = """#Text=Ana Ruiz left 3x300
1-1\t0-3\tAna\tq1[4]\tPERSON[4]\tNN\t_\t_\t_\t
1-2\t4-8\tRuiz\tq1[4]\tPERSON[4]\tNN\t_\t_\t_\t
1-3\t9-13\tleft\t*\tVERB\tVB\tin\t1-1[0_4]\t2-1\t
1-4\t14-19\t3x300\t_\t_\tCD\t_\t_\t1-1\t
"""
SECOND = "\n#Text=Ben\n2-1\t20-23\tBen\t_\t_\tNN\t_\t_\t1-3\t\n"


def test_only_the_layer_of_the_entities_changes_with_them(tmp_path: Path) -> None:
    first, second = brought(tmp_path, LAYERS + FIRST + SECOND)
    spans = (first.spans[0], Span(16, 19, "NUMBER"))
    receipt = write_file(tmp_path / "out.tsv", [first._replace(spans=spans), second])
    assert (tmp_path / "out.tsv").read_text("utf-8") == LAYERS + (
        "#Text=Ana Ruiz left 3x300\n"
        "1-1\t0-3\tAna\tq1[5]\tPERSON[5]\tNN\t_\t_\t_\t\n"
        "1-2\t4-8\tRuiz\tq1[5]\tPERSON[5]\tNN\t_\t_\t_\t\n"
        "1-3\t9-13\tleft\t_\t_\tVB\t_\t_\t2-1\t\n"
        "1-4\t14-19\t3x300\t_\t_\tCD\t_\t_\t1-1\t\n"
        "1-4.1\t16-19\t300\t*\tNUMBER\t_\t_\t_\t_\t\n"
    ) + SECOND
    assert receipt.not_held == {"relations of spans that were changed": 1}


def test_sentences_that_go_out_alone_are_numbered_anew(tmp_path: Path) -> None:
    first, _second = brought(tmp_path, LAYERS + FIRST + SECOND)
    receipt = write_file(tmp_path / "out.tsv", [done("Oslo", Span(0, 4, "CITY")), first])
    assert (tmp_path / "out.tsv").read_text("utf-8").splitlines()[-4:] == [
        "2-1\t5-8\tAna\tq1[4]\tPERSON[4]\tNN\t_\t_\t_\t",
        "2-2\t9-13\tRuiz\tq1[4]\tPERSON[4]\tNN\t_\t_\t_\t",
        "2-3\t14-18\tleft\t*\tVERB\tVB\tin\t2-1[0_4]\t_\t",
        "2-4\t19-24\t3x300\t_\t_\tCD\t_\t_\t2-1\t",
    ]
    assert receipt.not_held == {"relations to sentences that do not go out": 1}


def test_the_numbers_of_two_files_do_not_meet(tmp_path: Path) -> None:
    texts = [*brought(tmp_path, LAYERS + FIRST), *brought(tmp_path, LAYERS + FIRST, "other.tsv")]
    write_file(tmp_path / "out.tsv", texts)
    rows = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
    assert rows[-4] == "2-1\t20-23\tAna\tq1[8]\tPERSON[8]\tNN\t_\t_\t_\t"
    assert rows[-2].split("\t")[7:9] == ["2-1[0_8]", "_"]


def test_a_text_that_is_another_one_now_is_cut_anew(tmp_path: Path) -> None:
    (first,) = brought(tmp_path, LAYERS + FIRST)
    odd = {"head": 3, "lines": ["1-1\t0-3\tAna"], "spans": [["a"]]}
    for text in (first._replace(text="Ana left", spans=()), first._replace(meta={"webanno": odd})):
        receipt = write_file(tmp_path / "out.tsv", [text])
        assert receipt.not_held == {"metadata": 1}
        ((_again, spans),) = [(one.text, one.spans) for one in read_files([tmp_path / "out.tsv"]).texts()]
        assert spans == text.spans
