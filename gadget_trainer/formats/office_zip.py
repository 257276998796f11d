"""Word and Excel files are zips of XML: looked at before a library unpacks them, so that a bomb goes off nowhere."""

from io import BytesIO
from zipfile import is_zipfile

from gadget_trainer.errors import UserError
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.zipped import Archive

_DECLARATION = (b"<!DOCTYPE", b"<!ENTITY")


def holds(sample: Sample, entry: str) -> bool:
    """Whether the file is a zip with an entry of that name."""
    if sample.path is None or not sample.head.startswith(b"PK\x03\x04") or not is_zipfile(sample.path):
        return False
    try:
        return entry in Archive(sample.path).names()
    except UserError:
        return False


def checked(source: Source, entry: str, what: str, most_bytes: int) -> BytesIO:
    """The bytes of a file that is a zip with that entry, without declared entities and with so much XML at most.

    Raises:
        UserError: it is something else, damaged, or unpacks to too much.
    """
    data = source.data()
    archive = Archive(source.path)
    names = archive.names() if is_zipfile(source.path) else []
    if entry not in names:
        raise UserError(f"{source.name} is no {what}. Choose another format, or another file.")
    size = 0
    for name in names:
        if name.rpartition(".")[2] not in ("xml", "rels"):
            continue
        content = archive.read(name)
        size += len(content)
        if any(mark in content for mark in _DECLARATION):
            raise UserError(f"{source.name} declares entities, which no {what} does, so it is not read.")
        if size > most_bytes:
            megabytes = most_bytes // 2**20
            raise UserError(f"{source.name} unpacks to more than {megabytes} megabytes. Split it into smaller ones.")
    return BytesIO(data)
