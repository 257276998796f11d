"""Encodings: said by a mark, proved by decoding, or guessed, and then shown with the guess."""

import codecs
import io

import pytest

from gadget_trainer.errors import UserError
from gadget_trainer.formats.encodings import CHOICES, PIECE_BYTES, Encoding, found_encoding
from gadget_trainer.formats.reading import FileChoice, Import
from gadget_trainer.formats.source import Source

GERMAN = "Zoë aß einen Döner für 5 €, die Größe war schön. „Ganz toll“, meinte er.\n"
SPEECHES = {
    "cp1252": GERMAN,
    "cp1250": "Příliš žluťoučký kůň úpěl ďábelské ódy.\n",
    "cp1251": "Привет, мир. Это небольшой текст на русском языке для проверки.\n",
    "cp1253": "Καλημέρα κόσμε, αυτό είναι ένα κείμενο.\n",
    "shift_jis": "これは日本語の文章です。文字コードを調べます。\n",
    "gb18030": "这是一个中文文本，用来测试编码。\n",
    "euc_kr": "안녕하세요 세계, 이것은 한국어 텍스트입니다.\n",
}


def found(data: bytes) -> Encoding:
    return found_encoding(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (b"", "utf-8"),
        (b"plain", "utf-8"),
        (GERMAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16"),
        (b"a" * (PIECE_BYTES - 1) + "ë".encode(), "utf-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "utf-8"),
    ],
)
def test_what_the_file_shows_is_no_guess(data, codec) -> None:
    assert found(data) == Encoding(codec)


@pytest.mark.parametrize("codec", SPEECHES)
def test_other_encodings_are_guessed_from_the_text(codec) -> None:
    assert found(SPEECHES[codec].encode(codec)) == Encoding(codec, guessed=True)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed(codec) -> None:
    assert found(GERMAN.encode(codec)) == Encoding(codec, guessed=True)


def test_a_guess_is_made_from_where_the_file_stops_being_utf_8() -> None:
    data = b"plain ascii, and nothing else\n" * 100_000 + GERMAN.encode("cp1252")
    assert found(data) == Encoding("cp1252", guessed=True)


@pytest.mark.parametrize("codec", [one for one in CHOICES if not one.startswith("utf")])
def test_every_encoding_that_is_offered_can_be_read_and_has_a_name(made, codec) -> None:
    path = made("a.txt", "plain\n".encode(codec))
    source = Source(path, encoding=codec)
    assert list(source.lines()) == [(1, "plain")]
    assert source.encoding_read == Encoding(codec).title == CHOICES[codec]


def test_the_encoding_that_was_chosen_is_read_and_named_in_the_receipt(made) -> None:
    choice = FileChoice(made("a.txt", GERMAN.encode("cp1252")), encoding="cp1252")
    reading = Import(((choice, choice.reader()),))
    assert [text.text for text in reading.texts()] == [GERMAN.rstrip("\n")]
    assert reading.receipts[0].encoding == "Western European (Windows-1252)"


def test_a_byte_that_the_encoding_does_not_know_is_named_with_its_line(made) -> None:
    choice = FileChoice(made("a.txt", b"plain\n\x81\n"), encoding="cp1252")
    with pytest.raises(UserError, match=r"^a\.txt:2 is not Western European \(Windows-1252\): the byte at position 6"):
        list(Import(((choice, choice.reader()),)).texts())


def test_files_beside_each_other_are_in_one_encoding(made) -> None:
    made("a.ann", "T1\tGETRÄNK 0 3\tTée\n".encode("cp1252"))
    choice = FileChoice(made("a.txt", "Tée".encode("cp1252")), encoding="cp1252")
    (text,) = Import(((choice, choice.reader()),)).texts()
    assert (text.text, text.spans[0].label) == ("Tée", "GETRÄNK")
