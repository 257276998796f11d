import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.errors import UserError
from gadget_trainer.formats.source import SAMPLE_BYTES, Source

MARKS = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@pytest.mark.parametrize("encoding", MARKS)
def test_reads_the_encodings_exactly(made, encoding) -> None:
    text = "🙂 Ana\r\nRuiz\rmoved\n\u2028to\x0c Oslo\ufeff.\u00a0"
    source = Source(made("a.txt", MARKS[encoding] + text.encode(encoding)))
    assert source.text() == text
    assert list(source.lines()) == [(1, "🙂 Ana"), (2, "Ruiz"), (3, "moved"), (4, "\u2028to\x0c Oslo\ufeff.\u00a0")]


def test_a_line_ends_at_the_three_line_breaks_only(made) -> None:
    source = Source(made("a.txt", "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\n\n\r\nlast"))
    assert list(source.lines()) == [(1, "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g"), (2, ""), (3, ""), (4, "last")]


@pytest.mark.parametrize(
    ("content", "line", "position"),
    [
        (b"ab\nc\xe9d\n", 2, 4),
        (b"\xff", 1, 0),
        (b"a\r\nb\r\nc\xe9", 3, 7),
        (b"a\rb\r\xe9", 3, 4),
        (codecs.BOM_UTF8 + b"a\n\xe9", 2, 5),
        (b"a\ncut \xf0\x9f\x99", 2, 6),
        (b"half \xed\xa0\xbd", 1, 5),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x3d\xd8", 2, 8),
        (codecs.BOM_UTF16_BE + "a\n".encode("utf-16-be") + b"\xd8\x3d\x00a", 2, 6),
        (b"x" * (SAMPLE_BYTES - 2) + b"\r" + b"\n\nb\xe9", 3, SAMPLE_BYTES + 2),
        (b"x" * (SAMPLE_BYTES - 1) + "é".encode() + b"\n\xe9", 2, SAMPLE_BYTES + 2),
    ],
)
def test_names_the_line_and_the_byte_that_cannot_be_read(made, content, line, position) -> None:
    source = Source(made("a.txt", content))
    for reading in (source.text, lambda: list(source.lines())):
        with pytest.raises(UserError, match=rf"^a\.txt:{line} is not UTF-(8|16): the byte at position {position:,} "):
            reading()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")), min_size=1))
def test_lines_come_back_whatever_they_hold(tmp_path_factory, lines) -> None:
    path = tmp_path_factory.getbasetemp() / "lines.txt"
    path.write_bytes(codecs.BOM_UTF8 + "\r\n".join(lines).encode())
    read = [line for _number, line in Source(path).lines()]
    assert read == (lines if lines[-1] else lines[:-1])
