"""Word and PDF documents, made on the spot: their text in order, and a sentence where there is none."""

import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from gadget_trainer.errors import UserError
from gadget_trainer.formats.registry import recognise

Made = Callable[[str, str | bytes], Path]


def pdf(*pages: str) -> bytes:
    """A PDF document; an empty page has no letters."""
    numbers = [4 + 2 * at for at in range(len(pages))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % n for n in numbers)),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for number, text in zip(numbers, pages, strict=True):
        drawn = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % text.encode("cp1252") if text else b""
        resources = b"/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792]"
        objects[number] = b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (resources, number + 1)
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    content, places = b"%PDF-1.4\n", []
    for number in sorted(objects):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(content), len(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return content + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def test_a_word_document_is_one_text_in_its_order(tmp_path: Path, read) -> None:
    document = docx.Document()
    document.add_heading("🙂 Title")
    document.add_paragraph("First", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("a", "b", "c", "d"), strict=True):
        cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[1])
    document.add_paragraph("Last")
    document.save(tmp_path / "a.dat")
    assert recognise(tmp_path / "a.dat").name == "docx"
    (text,), _receipt = read(tmp_path / "a.dat")
    assert text.text == "🙂 Title\nFirst\na\tb\nc d\nLast"


def test_what_is_not_in_the_order_of_a_word_document_is_counted(tmp_path: Path, read) -> None:
    document = docx.Document()
    document.add_paragraph("Ana left")
    document.sections[0].header.paragraphs[0].text = "Page"
    document.sections[0].footer.paragraphs[0].text = " "
    document.add_section()
    document.save(tmp_path / "a.docx")
    notes = '<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="1"></w:footnote>'
    with ZipFile(tmp_path / "a.docx") as before, ZipFile(tmp_path / "b.docx", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/_rels/document.xml.rels":
                office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                added = b'<Relationship Id="rId99" Type="%s" Target="footnotes.xml"/></Relationships>' % office
                content = content.replace(b"</Relationships>", added)
            if name == "[Content_Types].xml":
                kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                added = b'<Override PartName="/word/footnotes.xml" ContentType="%s"/></Types>' % kind
                content = content.replace(b"</Types>", added)
            if name == "word/document.xml":
                box = b"<w:txbxContent><w:p/></w:txbxContent></w:p>"
                content = content.replace(b"</w:p>", box, 1)
            after.writestr(name, content)
        after.writestr("word/footnotes.xml", f"{notes}</w:footnotes>")
    (text,), receipt = read(tmp_path / "b.docx")
    assert text.text.strip() == "Ana left"
    assert receipt.fields_dropped == {"headers and footers": 1, "footnotes": 1, "text boxes": 1}


def test_the_pages_of_a_pdf_are_texts(made: Made, read) -> None:
    path = made("a.dat", pdf("Ana moved to Oslo.", "", "Ben é"))
    assert recognise(path).name == "pdf"
    texts, receipt = read(path)
    assert [(one.text, one.source) for one in texts] == [("Ana moved to Oslo.", "a.dat:1"), ("Ben é", "a.dat:3")]
    assert receipt.texts_skipped.reasons == {"the page has no text, as when it was scanned": 1}


def test_a_scanned_pdf_is_a_sentence(made: Made, read) -> None:
    with pytest.raises(UserError, match=r"^scan\.pdf has no text: its pages are pictures, .* OCR"):
        read(made("scan.pdf", pdf("", "")))


@pytest.mark.parametrize(
    ("name", "module", "what"),
    [("docx", "docx", "Word documents"), ("pdf", "pypdf", "PDF documents"), ("xlsx", "openpyxl", "Excel workbooks")],
)
def test_a_library_that_is_missing_is_named_with_its_command(
    made: Made, read, monkeypatch: pytest.MonkeyPatch, name: str, module: str, what: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UserError) as caught:
        read(made("a.dat", b"%PDF-"), name)
    command = 'pip install "gadget-trainer[office]"'
    assert str(caught.value) == f"To read {what}, a further library is needed. Install it with: {command}."


def zipped(path: Path, name: str, content: str) -> Path:
    with ZipFile(path, "w", compression=8) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return path


@pytest.mark.parametrize(("reader", "entry"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "declares entities"),
        (" " * 2**27, "unpacks to more than"),
        ("<a>", "is damaged"),
    ],
)
def test_bombs_and_ruins_are_refused(tmp_path: Path, read, reader: str, entry: str, content: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(zipped(tmp_path / "a.dat", entry, content), reader)


@pytest.mark.parametrize("reader", ["docx", "xlsx", "pdf"])
def test_another_file_is_a_sentence(made: Made, read, reader: str) -> None:
    with pytest.raises(UserError, match=r"^a\.dat is no "):
        read(made("a.dat", "Ana"), reader)
