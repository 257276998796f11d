"""A saved pipeline as a wheel, which pip installs and ``spacy.load`` finds by name.

``spacy package`` lays out the package and finds what it needs. The wheel itself is written here: spaCy has it built by
setuptools from the internet, and a wheel is no more than a zip archive with four files of description (PyPA, "Binary
distribution format").
"""

import base64
import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from spacy.cli.package import package as spacy_package

from gadget_trainer.errors import UserError
from gadget_trainer.training.installed import pipeline_folder
from gadget_trainer.training.progress import Saving
from gadget_trainer.training.replacing import HiddenFolder

_NOT_GIVEN_AWAY = ["corpus", "README.md"]
"""In a saved pipeline the person's own texts, and what speaks of them: spaCy writes a package's README.md."""
_WHEEL = "Wheel-Version: 1.0\nGenerator: gadget-trainer\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True, slots=True)
class Packaged:
    """A wheel was written."""

    wheel: Path
    name: str
    """What ``spacy.load`` is told once it is installed."""


def package(pipeline: str, target: Path) -> Iterator[Saving | Packaged]:
    """Write the pipeline in the folder ``pipeline`` as a wheel into the folder ``target``; ends with Packaged.

    The texts that it was trained with are left out. Raises UserError, and then there is no new file.
    """
    folder = pipeline_folder(pipeline)
    try:
        hidden = HiddenFolder(target / "wheel", "partial")
        try:
            yield from _package(folder, hidden.path, target)
        finally:
            hidden.remove()
    except OSError as error:
        raise UserError(
            f"The wheel could not be written in “{target}”: {error.strerror or error}. Choose another folder."
        ) from error


def _package(folder: Path, work: Path, target: Path) -> Iterator[Saving | Packaged]:
    yield Saving("Copying the pipeline without its texts", 0.0)
    copy = work / "pipeline"
    shutil.copytree(folder, copy, ignore=lambda inside, _: _NOT_GIVEN_AWAY if Path(inside) == folder else [])
    yield Saving("Laying out the package", 0.2)
    meta = json.loads((copy / "meta.json").read_text(encoding="utf-8"))
    name = _package_name(folder.resolve().name, meta["lang"])
    try:
        spacy_package(copy, work, name=name, create_sdist=False, require_parent=True, silent=True)
    except SystemExit as error:  # spaCy's commands end the process, as commands do
        raise UserError(f"spaCy can't make a package of “{folder}”: its meta.json is not complete.") from error
    (laid_out,) = work.glob(f"{meta['lang']}_{name}-*")
    partial = work / f"{laid_out.name}-py3-none-any.whl"
    yield from _write_wheel(laid_out, partial)
    wheel = target / partial.name
    partial.replace(wheel)
    yield Packaged(wheel, f"{meta['lang']}_{name}")


def _package_name(folder: str, language: str) -> str:
    """What the package is called after its language: a name that Python and pip take."""
    plain = unicodedata.normalize("NFKD", folder).encode("ascii", "ignore").decode().casefold()
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    if words and words[0] == language:
        # spaCy would not say it twice when it writes the package, but would when it loads it.
        words = words[1:]
    name = "_".join(words) or "pipeline"
    return name if name.isidentifier() else f"pipeline_{name}"


def _write_wheel(package: Path, wheel: Path) -> Iterator[Saving]:
    meta = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    module = f"{meta['lang']}_{meta['name']}"
    # spaCy's __init__.py looks for the meta beside itself.
    shutil.copy(package / "meta.json", package / module)
    files = sorted(path for path in (package / module).rglob("*") if path.is_file())
    described = f"{module}-{meta['version']}.dist-info"
    record = []
    with ZipFile(wheel, "w", ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            archive.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(content)}")

        for number, path in enumerate(files):
            yield Saving("Writing the wheel", 0.4 + 0.6 * number / len(files))
            add(path.relative_to(package).as_posix(), path.read_bytes())
        add(f"{described}/METADATA", _metadata(module, meta).encode())
        add(f"{described}/WHEEL", _WHEEL.encode())
        # spaCy finds installed pipelines by this.
        add(f"{described}/entry_points.txt", f"[spacy_models]\n{module} = {module}\n".encode())
        archive.writestr(f"{described}/RECORD", "\n".join([*record, f"{described}/RECORD,,", ""]))


def _metadata(module: str, meta: dict[str, object]) -> str:
    needed = _strings(meta.get("requirements"))
    lines = ["Metadata-Version: 2.1", f"Name: {module}", f"Version: {meta['version']}"]
    lines += [f"Summary: {' '.join(str(meta['description']).split())}"] if meta.get("description") else []
    lines += [f"License: {meta['license']}"] if meta.get("license") else []
    return "\n".join([*lines, *(f"Requires-Dist: {need}" for need in needed), ""])


def _strings(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []
