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


def test_a_real_file_goes_out_as_it_came(data: Path, tmp_path: Path) -> None:
    for name in ("testSentenceWithEmoji", "testSentenceWithLineBreak"):
        (before,) = read_files([data / "inception_tsv3" / f"{name}.tsv"]).texts()
        write_file(tmp_path / "a.tsv", [before])
        (after,) = read_files([tmp_path / "a.tsv"]).texts()
        assert (after.text, after.spans) == (before.text, before.spans)
