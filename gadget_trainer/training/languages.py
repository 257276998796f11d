"""The languages that a pipeline can be started in, known without importing spaCy or its seventy language modules."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bo": "Tibetan",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "dsb": "Lower Sorbian",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fo": "Faroese",
    "fr": "French",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "grc": "Ancient Greek",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hsb": "Upper Sorbian",
    "ht": "Haitian Creole",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "kmr": "Kurmanji Kurdish",
    "kn": "Kannada",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "la": "Latin",
    "lb": "Luxembourgish",
    "lg": "Luganda",
    "lij": "Ligurian",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "ms": "Malay",
    "nb": "Norwegian Bokmål",
    "ne": "Nepali",
    "nl": "Dutch",
    "nn": "Norwegian Nynorsk",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sa": "Sanskrit",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "tn": "Setswana",
    "tr": "Turkish",
    "tt": "Tatar",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "xx": "Several languages",
    "yo": "Yoruba",
    "zh": "Chinese",
}
_MODULES_NEEDED = {
    "ja": {"sudachipy": "sudachipy", "sudachidict_core": "sudachidict_core"},
    "ko": {"natto": "natto-py (with mecab-ko)"},
    "th": {"pythainlp": "pythainlp"},
    "vi": {"pyvi": "pyvi"},
}
"""The modules without which ``spacy.blank`` raises ImportError, and the packages that bring them."""
_HOW = {
    "zh": "“Chinese”, which makes a token of every character",
    "xx": "“Several languages”, which cuts at spaces and punctuation",
}
_INSTEAD = {"ja": ("zh", "xx"), "th": ("zh", "xx"), "ko": ("xx",), "vi": ("xx",)}
"""What works without packages, the better first. Written without spaces, a sentence is one token of “Several
languages”: there, a person's spans need words that are always split."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that spaCy knows."""

    code: str
    """As ``spacy.blank`` takes it, such as ``en``."""
    name: str
    """In English."""
    needs: str = ""
    """The packages that must be installed before it can be used; empty when it works as it is."""


def languages() -> list[Language]:
    """All that spaCy knows, in the order of their names; some need packages that are not installed here."""
    known = [Language(code, language_name(code), _missing_packages(code)) for code in _codes()]
    return sorted(known, key=lambda language: language.name)


def language_name(code: str) -> str:
    """The name of a language in English; its code where the name isn't known."""
    return _NAMES.get(code, code)


def what_is_missing(code: str) -> str:
    """What the language needs before it can be used here, and what to choose until then; empty if nothing."""
    needs = _missing_packages(code)
    if not needs:
        return ""
    instead = ", or ".join(_HOW[one] for one in instead_of(code))
    return f"{language_name(code)} needs {needs}, not installed here. Install it, or choose {instead}."


def instead_of(code: str) -> tuple[str, ...]:
    """The languages to choose from until what a language needs is installed; none where nothing is missing."""
    return _INSTEAD.get(code, ("xx",)) if _missing_packages(code) else ()


def _codes() -> list[str]:
    """A folder for each language: listing them takes a millisecond, importing spaCy two seconds."""
    found = find_spec("spacy")
    if found is None or found.origin is None:
        return []
    return [path.parent.name for path in (Path(found.origin).parent / "lang").glob("*/__init__.py")]


def _missing_packages(code: str) -> str:
    needed = _MODULES_NEEDED.get(code, {})
    return " and ".join(package for module, package in needed.items() if find_spec(module) is None)
