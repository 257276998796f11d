"""Every reader, on any bytes and on damaged files of its own: texts, or a sentence that names the file.

GADGET_TRAINER_FUZZ=100000 runs that many cases a reader.
"""

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_documents import pdf

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.mismatches import MismatchRule, OutsideRule
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import FileChoice, read_alike, read_files
from gadget_trainer.formats.registry import readers
from gadget_trainer.formats.writing import write_file

CASES = int(os.environ.get("GADGET_TRAINER_FUZZ", "25"))
DATA = Path(__file__).parent.parent / "data"
OF_READERS = {
    "brat": b"T1\tPERSON 2 5;6 10\tAna Ruiz\nT2\tCITY 20 24\tOslo\nR1\tX Arg1:T1 Arg2:T2\n",
    "conll": (DATA / "conll" / "wnut17.conll").read_bytes()[-1500:],
    "csv": b'text,label\r\n"Ana, ""x""\ny",A|B\r\nb,\r\n',
    "csv-spans": 'text,start,end,label,surface,content\r\n1,2,5,P,Ana,"🙂 Ana, x"\r\n2,,,,,b\r\n'.encode(),
    "dataturks": b'{"content":"Ana","annotation":[{"label":["X"],"points":[{"start":0,"end":2,"text":"Ana"}]}]}\n',
    "doccano": (DATA / "doccano" / "relations.jsonl").read_bytes() + (DATA / "doccano" / "example.jsonl").read_bytes(),
    "json": '{"body":"🙂 Ana","found":[{"begin":3,"stop":6,"tag":"P","mention":"Ana"}]}\n'.encode(),
    "jsonl": (DATA / "prodigy_food" / "food_40.jsonl").read_bytes()[:4000].rpartition(b"\n")[0],
    "labelbuddy": '[{"text":"🙂 Ana","annotations":[{"label_name":"P","start_byte":5,"end_byte":8}]}]'.encode(),
    "labelstudio": (
        b'[{"id":1,"data":{"text":"Ana"},"annotations":[{"was_cancelled":false,"result":[{"value":{"start":0,"end":3,'
        b'"text":"Ana","labels":["P"]},"type":"labels","to_name":"text"},{"type":"relation"}]}],"predictions":[]}]'
    ),
    "ner-annotator": '{"classes":["P"],"annotations":[["🙂 Ana",{"entities":[[3,6,"P"]]}],null]}'.encode(),
    "patterns": b'{"label":"P","pattern":[{"lower":"olive"},{"ORTH":"oil"}]}\n{"label":"P","pattern":"x"}\n',
    "spacy-json": '[["🙂 Ana",{"entities":[[2,5,"P"]]}],\n(\'b\',{\'entities\':[]})]\n'.encode(),
    "spacy-v2": (
        b'[{"id":0,"paragraphs":[{"raw":"Ana.","sentences":[{"tokens":[{"orth":"Ana","ner":"U-P"},'
        b'{"orth":".","ner":"O"}]}]}]}]'
    ),
    "token-tags": b'{"tokens":["Ana","left"],"ner_tags":["B-P","O"]}\n{"tokens":["Bo"],"ner_tags":["B-P"],"id":1}\n',
    "tsv": b"id\ttext\n1\tAna\n2\tBen\n",
    "txt": b"Ana\r\nRuiz\n",
    "webanno-tsv": (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.NamedEntity|value\n\n\n#Text=🙂 Ana\n1-1\t0-2\t🙂\t_\t\n"
        "1-2\t3-6\tAna\tP[1]|Q\t\n1-2.1\t3-4\tA\tR\t\n"
    ).encode(),
    "yedda": "🙂 [@Ana Ruiz#P*] to [$Oslo#CITY*].\n".encode(),
}
_PIECES = [
    "",
    "[",
    "]",
    "{",
    "}",
    '"',
    ",",
    "\\",
    "\\ud83d",
    "-",
    "9e999",
    "NaN",
    "\n",
    "\t",
    "null",
    "🙂",
    "\r",
    "\x00",
]
_MORE_PIECES = ["99999999999999999999", "-1", "|", "*", "#", "@", "1-2.1", ";", " ", "."]
pieces = st.sampled_from([b"\xff", *(piece.encode() for piece in (*_PIECES, *_MORE_PIECES))])
mismatch_rules = st.sampled_from([None, *MismatchRule])
often = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def test_every_reader_of_text_is_here() -> None:
    assert {each.name for each in readers()} - set(OF_READERS) == {"spacy", "txt-file", "docx", "pdf", "xlsx"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "case.txt").write_text("🙂 Ana\nRuiz moved to Oslo.", "utf-8")
    return folder


def read_or_refused(path: Path, content: bytes, name: str | None, offsets: Reading | None = None, **rules: Any) -> None:
    """``rules`` are further fields of a FileChoice."""
    path.write_bytes(content)
    refusal, texts = "", []
    try:
        reading = read_alike([path], FileChoice(path, format_name=name, offsets=offsets, **rules))
        texts = list(reading.texts())
    except UserError as error:
        refusal = str(error)
    if refusal:
        assert path.stem in refusal
        assert refusal.endswith(".")
        refusal.encode()
        return
    (receipt,) = reading.receipts
    "\n".join(receipt.lines()).encode()
    json.dumps(receipt.to_json())
    for each in texts:
        each.text.encode()
        json.dumps(dict(each.meta))
        end = 0
        for span in each.spans:
            assert end <= span.start < span.end <= len(each.text)
            assert each.text[span.start : span.end] == each.text[span.start : span.end].strip()
            end = span.end


@pytest.mark.parametrize("name", OF_READERS)
@often
@given(data=st.data())
def test_damaged_files_are_texts_or_a_sentence(folder: Path, name: str, data: st.DataObject) -> None:
    content = OF_READERS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 6))
        content = content[:start] + data.draw(pieces) + content[start + length :]
    offsets = data.draw(st.sampled_from([None, None, *Reading]))
    rules = {"mismatches": data.draw(mismatch_rules), "outside": data.draw(st.sampled_from(OutsideRule))}
    read_or_refused(folder / "case.ann", content, data.draw(st.sampled_from([name, None])), offsets, **rules)


@pytest.mark.parametrize("name", OF_READERS)
@often
@given(content=st.binary(max_size=80))
def test_any_bytes_are_texts_or_a_sentence(folder: Path, name: str, content: bytes) -> None:
    read_or_refused(folder / "case.ann", content, name)


PACKED = ("docx", "xlsx", "pdf", "brat", "spacy")
"""Formats that are packed: brat is in a zip here."""
few = settings(often, max_examples=max(CASES // 5, 1))


@pytest.fixture(scope="module")
def packed(folder: Path) -> Callable[[str], bytes]:
    """Gives a small file of one of them. A dict would be shown in full where a test fails."""
    document, book = docx.Document(), openpyxl.Workbook()
    document.add_paragraph("🙂 Ana")
    for row in (["text", "label"], ["Ana", "A"]):
        book.active.append(row)
    made = {"pdf": pdf("Ana moved.", "Ben")}
    for name, one in (("docx", document), ("xlsx", book)):
        stream = BytesIO()
        one.save(stream)
        made[name] = stream.getvalue()
    done = AnnotatedText("🙂 Ana left.", (Span(2, 5, "P"),), TextState.DONE, complete=True, categories=("A",))
    for name, ending in (("brat", "zip"), ("spacy", "spacy")):
        write_file(folder / f"a.{ending}", [done], name)
        made[name] = (folder / f"a.{ending}").read_bytes()
    return lambda name: made[name]


def repacked(content: bytes, damage: Callable[[bytes], bytes], member: int) -> bytes:
    """The zip with one of its files damaged."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(stream, "w") as after:
        names = before.namelist()
        for at, name in enumerate(names):
            after.writestr(name, damage(before.read(name)) if at == member % len(names) else before.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("name", PACKED)
@few
@given(
    share=st.floats(0, 1),
    length=st.sampled_from([0, 1, 6, 10**6]),
    piece=pieces,
    member=st.none() | st.integers(0, 30),
    recognised=st.booleans(),
)
@example(share=0.0, length=10**6, piece=b"[", member=0, recognised=False)
def test_damaged_packed_files_are_texts_or_a_sentence(
    folder: Path,
    packed: Callable[[str], bytes],
    name: str,
    share: float,
    length: int,
    piece: bytes,
    member: int | None,
    recognised: bool,
) -> None:
    def damage(content: bytes) -> bytes:
        start = int(share * len(content))
        return content[:start] + piece + content[start + length :]

    content = packed(name)
    is_inside = member is not None and content.startswith(b"PK")
    content = repacked(content, damage, member or 0) if is_inside else damage(content)
    path = folder / "case.bin"
    try:
        read_or_refused(path, content, None if recognised else name)
    except AssertionError:
        # What is wrong with a file in a zip is said with that file's name, and the line or the span.
        with pytest.raises(UserError, match=r"^\S+\.(txt|ann|conf)(:\d+ |(:\d+)?: the span \d+–\d+ )"):
            list(read_files([path], None if recognised else name).texts())


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.text(max_size=3)
    | st.just("Ana 🙂")
    | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def reshaped(draw: st.DrawFn, value: object) -> object:
    """The value with one of its parts replaced by something else."""
    if draw(st.integers(0, 5)) == 0:
        return draw(values)
    if isinstance(value, dict):
        return {key: reshaped(draw, each) for key, each in value.items() if draw(st.integers(0, 9))}
    return [reshaped(draw, each) for each in value] if isinstance(value, list) else value


OF_JSON = [name for name, content in OF_READERS.items() if content[:1] in b"[{" and name not in ("jsonl", "spacy-json")]


@pytest.mark.parametrize("name", OF_JSON)
@often
@given(data=st.data())
def test_odd_values_are_texts_or_a_sentence(folder: Path, name: str, data: st.DataObject) -> None:
    value = json.loads(OF_READERS[name].splitlines()[0])
    content = json.dumps(data.draw(st.composite(reshaped)(value))).encode()
    read_or_refused(folder / "case.ann", content, name)
