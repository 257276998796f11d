"""Where brat's texts and annotations are: two files of one name, a folder of them, or a zip of such a folder."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import is_zipfile

from gadget_trainer.errors import UserError
from gadget_trainer.formats.brat_configuration import VISUAL, is_ours, names_in
from gadget_trainer.formats.cleaning import printable
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.zipped import Archive

_LONGEST_CONFIGURATION = 2**20


class Document(NamedTuple):
    """A text and its annotations."""

    name: str
    """Of the annotations' file, within the folder or zip."""
    text: str
    annotations: str


def has_pairs(names: list[str]) -> bool:
    """Whether one of these files is the annotations of another."""
    every = set(names)
    return any(name.endswith(".ann") and name[:-4] + ".txt" in every for name in names)


def pairs_in(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The texts of a folder, and of those in it, with their annotations."""
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt")
        # A link may lead out of the folder that was chosen.
        if all(one.is_file() and one.resolve().is_relative_to(folder.resolve()) for one in (text, path)):
            yield text, path


def documents(source: Source, receipt: Receipt) -> Iterator[Document]:
    """Yield the documents in the order of their names, and note what has no text or is not read.

    Raises:
        UserError: a file is missing or cannot be read.
    """
    path = source.path
    if path.is_dir():
        _count_configuration(((one.name, _content(one, path)) for one in path.rglob("*.conf")), receipt)
        for text, annotations in pairs_in(path):
            name = annotations.relative_to(path).as_posix().encode(errors="replace").decode()
            yield Document(name, source.beside(text).text(), source.beside(annotations).text())
    elif is_zipfile(path):
        yield from _zipped(source, receipt)
    else:
        text, annotations = path.with_suffix(".txt"), path.with_suffix(".ann")
        for needed in (text, annotations):
            if not needed.is_file():
                raise UserError(f"{needed} is missing, and {path.name} needs it. Put the two into one folder.")
        if text.resolve().parent != annotations.resolve().parent:
            raise UserError(f"{text} is a link to another folder. Put the two files themselves into one folder.")
        yield Document(Source(annotations).name, source.beside(text).text(), source.beside(annotations).text())


def label_names(path: Path) -> dict[str, str]:
    """What the labels are called, where this program has written the files."""
    if path.is_file() and is_zipfile(path):
        archive = Archive(path)
        return names_in(archive.read(VISUAL)) if VISUAL in archive.names() else {}
    folder = path if path.is_dir() else path.parent
    return names_in(_content(folder / VISUAL, folder))


def _content(path: Path, folder: Path) -> bytes:
    """A configuration; nothing where it cannot be read, leads out of the folder, or is longer than any is."""
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return b""
        with path.open("rb") as stream:
            return stream.read(_LONGEST_CONFIGURATION)
    except OSError:
        return b""


def _zipped(source: Source, receipt: Receipt) -> Iterator[Document]:
    archive = Archive(source.path)
    names = archive.names()
    _count_configuration(((name, archive.read(name)) for name in names if name.endswith(".conf")), receipt)
    for name in sorted(name for name in names if name.endswith(".ann")):
        text_name = name[:-4] + ".txt"
        if text_name not in names:
            receipt.texts_skipped.add(name, "the zip has no text of the same name")
            continue
        shown = PurePosixPath(name).as_posix().encode(errors="replace").decode()
        text = source.decoded(archive.read(text_name), text_name)
        yield Document(shown, text, source.decoded(archive.read(name), shown))


def _count_configuration(found: Iterator[tuple[str, bytes]], receipt: Receipt) -> None:
    """Count the files that say how brat shows the texts, but for those that an export of this program makes anew."""
    receipt.fields_dropped.update(
        printable(PurePosixPath(name).name) for name, content in found if not is_ours(content)
    )
