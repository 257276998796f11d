"""Pipelines from folders and packages, with what goes wrong said in words."""

import json
from collections.abc import Collection
from pathlib import Path

import spacy
from spacy.language import Language

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import version_mismatch
from gadget_trainer.training.installed import pipeline_folder
from gadget_trainer.training.languages import what_is_missing

CATEGORISERS = ("textcat", "textcat_multilabel")
"""Factories of components that give texts categories."""


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
        missing = what_is_missing(language) or (
            f"The language “{language}” can't be used here: {_first_line(error)} "
            "Choose another language or install what it needs."
        )
        raise UserError(missing) from error


def _read_meta(folder: Path) -> dict[str, list[str] | str]:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta if isinstance(meta, dict) else {}


def _why_not(base: str, folder: Path, error: Exception) -> str:
    try:
        wanted = str(_read_meta(folder).get("spacy_version", ""))
    except (OSError, ValueError):
        return f"The pipeline “{base}” does not load, because its meta.json can't be read."
    return f"The pipeline “{base}” does not load: {_first_line(error)} {version_mismatch(wanted)}".rstrip()


def _first_line(error: Exception) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    return line if line.endswith((".", "!", "?")) else f"{line}."


def text_categoriser(
    nlp: Language, factories: Collection[str] = CATEGORISERS, passed_over: Collection[str] = ()
) -> str:
    """The name of the component of ``nlp`` that gives texts categories; empty if there is none.

    The last one of those ``factories``, because where a pipeline has several it has the last word; but none that is
    ``passed_over``.
    """
    names = (name for name in reversed(nlp.pipe_names) if name not in passed_over)
    return next((name for name in names if nlp.get_pipe_meta(name).factory in factories), "")


def has_exclusive_categories(nlp: Language, categoriser: str) -> bool:
    """Whether that component gives each text exactly one category."""
    return nlp.get_pipe_meta(categoriser).factory == "textcat"


def entity_recognisers(nlp: Language, passed_over: Collection[str] = ()) -> list[str]:
    """The names of the components of ``nlp`` that learn entities, but of none that is ``passed_over``, in their order.

    What the first one finds, those behind it leave as it is.
    """
    names = (name for name in nlp.pipe_names if name not in passed_over)
    return [name for name in names if nlp.get_pipe_meta(name).factory in ("ner", "beam_ner")]


def entity_recogniser(nlp: Language, passed_over: Collection[str] = ()) -> str:
    """The name of the first of them; empty if there is none."""
    return next(iter(entity_recognisers(nlp, passed_over)), "")
