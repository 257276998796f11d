"""Pipelines from folders and packages, with what goes wrong said in words."""

import json
from pathlib import Path

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import get_package_path, is_package

from gadget_trainer.errors import UserError


def load_pipeline(base: str) -> Language:
    """The pipeline in the folder ``base``, or of the installed package of that name.

    Raises UserError when there is none, or when it does not load with what is installed here.
    """
    folder = pipeline_folder(base)
    try:
        return spacy.load(folder)
    except Exception as error:
        raise UserError(_why_not(base, folder, error)) from error


def load_tokenizer_only(base: str) -> Language:
    """The same pipeline without its components, which a tokenizer does not need. Raises UserError."""
    folder = pipeline_folder(base)
    try:
        return spacy.load(folder, exclude=list(_read_meta(folder).get("components", [])))
    except Exception as error:
        raise UserError(_why_not(base, folder, error)) from error


def blank_pipeline(language: str) -> Language:
    """A pipeline with nothing but the tokenizer of ``language``. Raises UserError."""
    try:
        return spacy.blank(language)
    except ImportError as error:
        raise UserError(
            f"The language “{language}” can't be used here: {_first_line(error)} "
            "Choose another language or install what it needs."
        ) from error


def pipeline_folder(base: str) -> Path:
    """Where the pipeline is. Raises UserError when it is neither a folder with one nor a package."""
    if not base.strip():
        raise UserError("No pipeline was chosen. Choose the folder of one.")
    folder = Path(base).expanduser()
    if not folder.exists():
        if is_package(base):
            return _versioned(get_package_path(base))
        raise UserError(f"There is no pipeline “{base}”: neither a folder nor an installed package has this name.")
    if not (folder / "config.cfg").is_file() or not (folder / "meta.json").is_file():
        raise UserError(f"“{folder}” holds no spaCy pipeline: a folder with a meta.json and a config.cfg is needed.")
    return folder


def _versioned(package: Path) -> Path:
    """An installed pipeline package keeps its data in a folder NAME-VERSION of its own."""
    inner = sorted(path.parent for path in package.glob("*/config.cfg"))
    return inner[-1] if inner else package


def _read_meta(folder: Path) -> dict[str, list[str] | str]:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta if isinstance(meta, dict) else {}


def _why_not(base: str, folder: Path, error: Exception) -> str:
    try:
        wanted = str(_read_meta(folder).get("spacy_version", ""))
    except (OSError, ValueError):
        return f"The pipeline “{base}” does not load, because its meta.json can't be read."
    made = f" It was made for spaCy {wanted}, and spaCy {spacy_version} is installed." if wanted else ""
    return f"The pipeline “{base}” does not load: {_first_line(error)}{made}"


def _first_line(error: Exception) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    return line if line.endswith((".", "!", "?")) else f"{line}."


def entity_recogniser(nlp: Language) -> str:
    """The name of the first component of ``nlp`` that learns entities; empty if there is none."""
    return next((name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory in ("ner", "beam_ner")), "")
