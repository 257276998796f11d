"""A config that the person wrote or changed: what of it our loop can keep to, and what is refused, in words.

What a config holds beyond that would be passed over in silence, and ``spacy train`` would then train something else.
"""

import re
from configparser import (
    ConfigParser,
    DuplicateOptionError,
    DuplicateSectionError,
    MissingSectionHeaderError,
    ParsingError,
)
from configparser import Error as ConfigParserError
from typing import Any

from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.util import get_lang_class, load_model_from_config, registry
from thinc.api import Config

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.categories import NO_CATEGORIES
from gadget_trainer.training.loading import blank_pipeline, entity_recogniser, text_categoriser

_LEARNS_FROM_SPANS = ("tok2vec", "transformer", "curated_transformer", "ner", "beam_ner")
_TAKEN_FROM_TEXT = ("training", "corpora")
_CATEGORY_SCORES = {"cats_score", "cats_macro_f", "cats_micro_f", "cats_macro_auc"}


class ConfigError(UserError):
    """A config that can't be used."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        """``line`` counts from 1; 0 when no line is to blame."""
        super().__init__(f"Line {line:,}: {sentence}" if line else sentence)
        self.line = line


def parse_config(text: str) -> Config:
    """The config as it stands, its variables not yet filled in. Raises ConfigError."""
    try:
        # Our own look first: what thinc raises does not carry the line.
        ConfigParser(interpolation=None).read_string(text)
        return Config().from_str(text, interpolate=False)
    except MissingSectionHeaderError as error:
        raise ConfigError(
            "Values stand under a section's name in brackets, such as [training].", error.lineno
        ) from None
    except ParsingError as error:
        raise ConfigError("This is neither a [section] nor a “name = value”.", error.errors[0][0]) from None
    except DuplicateOptionError as error:
        sentence = f"“{error.option}” stands twice in [{error.section}]. Remove one of them."
        raise ConfigError(sentence, error.lineno or 0) from None
    except DuplicateSectionError as error:
        raise ConfigError(f"[{error.section}] stands twice. Put both together.", error.lineno or 0) from None
    except (ConfigParserError, ValueError) as error:
        raise _fault(text, error) from error


def own_pipeline(text: str, categories: CategoryScheme = NO_CATEGORIES) -> Config:
    """The config of ``text``, filled up with spaCy's defaults, for a pipeline from scratch. Raises ConfigError.

    ``categories`` are those that it can learn, besides spans; it need not.
    """
    config = parse_config(text)
    _refuse_unknown(text, config)
    _refuse_another_tokenizer(text, config)
    try:
        nlp = load_model_from_config(config, auto_fill=True, validate=True)
        filled: Config = nlp.config
        _refuse_other_components(text, nlp, filled["training"]["frozen_components"], categories)
        _check_training(text, filled, categories)
    except ConfigError:
        raise
    except Exception as error:
        raise _fault(text, error) from error
    _refuse_missing_vectors(text, filled)
    return filled


def take_training(text: str, config: Config, categories: CategoryScheme = NO_CATEGORIES) -> None:
    """Put what ``text`` says of the training into ``config``, which continues from a base. Raises ConfigError."""
    own = parse_config(text)
    _refuse_unknown(text, own)
    for section in ("nlp", "components"):
        if Config({section: own.get(section)}).to_str() != Config({section: config[section]}).to_str():
            raise ConfigError(
                f"[{section}] must stay as the base has it: components are changed in a training from scratch only. "
                "Take the settings' own config, and change what is under [training].",
                _line_of_section(text, section),
            )
    own = Config({**config, **{name: own[name] for name in _TAKEN_FROM_TEXT if name in own}})
    try:
        _check_training(text, own, categories)
    except ConfigError:
        raise
    except Exception as error:
        raise _fault(text, error) from error
    config.update(own)


def _refuse_unknown(text: str, config: Config) -> None:
    """Names that spaCy would leave out, when it fills a config up, without a word."""
    unknown = sorted(set(config.get("training", {})) - set(ConfigSchemaTraining.model_fields))
    if unknown:
        raise ConfigError(f"spaCy knows no “{unknown[0]}” under [training].", _line_of(text, "training", unknown[0]))


def _refuse_another_tokenizer(text: str, config: Config) -> None:
    nlp = config.get("nlp")
    language = nlp.get("lang") if isinstance(nlp, dict) else None
    if not isinstance(nlp, dict) or not isinstance(language, str) or not language:
        raise ConfigError('A config needs [nlp] with a “lang”, such as lang = "en".', _line_of_section(text, "nlp"))
    blank_pipeline(language)
    usual = get_lang_class(language).default_config["nlp"]["tokenizer"]
    changed = [key for key in ("before_creation", "after_creation") if nlp.get(key)]
    before = config.get("initialize", {}).get("before_init")
    if nlp.get("tokenizer", usual) != usual or changed or before:
        place = "initialize" if before else "nlp.tokenizer" if not changed else "nlp"
        raise ConfigError(
            "The tokenizer must be the language's own, because spans snap to its tokens. Remove what changes it.",
            _line_of_section(text, place),
        )


def _check_training(text: str, config: Config, categories: CategoryScheme) -> None:
    """Raises ConfigError for what our loop would pass over, and spaCy's errors for what it does not know."""
    training: dict[str, Any] = config["training"]
    for key in ("before_update", "before_to_disk", "annotating_components"):
        if training[key]:
            raise ConfigError(
                f"“{key}” can't be kept here: it is for spaCy's own loop.", _line_of(text, "training", key)
            )
    for key, path in (("train_corpus", "${paths.train}"), ("dev_corpus", "${paths.dev}")):
        section, _, name = str(training[key]).partition(".")
        reader = config.get(section, {}).get(name, {})
        if reader.get("@readers") != "spacy.Corpus.v1" or reader.get("path") != path:
            raise ConfigError(
                f"The texts come from the project, so “{key}” must name a spacy.Corpus.v1 with path = {path}.",
                _line_of(text, "training", key),
            )
    weights = {name for name, weight in training["score_weights"].items() if weight}
    wrong = weights - {"ents_f"} - (_CATEGORY_SCORES if categories.names else set())
    if wrong:
        raise ConfigError(
            "The best iteration is that of the best F-score, so only “ents_f” can have a weight.",
            _line_of(text, "training.score_weights", min(wrong)),
        )
    registry.resolve(config.interpolate()["training"], schema=ConfigSchemaTraining)


def _refuse_other_components(text: str, nlp: Language, frozen: list[str], categories: CategoryScheme) -> None:
    learnable = [*_LEARNS_FROM_SPANS]
    if categories.names:
        # With a category at least, textcat_multilabel learns those that exclude each other, too.
        learnable += ["textcat_multilabel", *["textcat"] * categories.exclusive]
    for name in nlp.pipe_names:
        factory = nlp.get_pipe_meta(name).factory
        learns = getattr(nlp.get_pipe(name), "is_trainable", False) and name not in frozen
        if learns and factory not in learnable:
            line = _line_of(text, "nlp", "pipeline")
            if factory == "textcat" and categories.names:
                said = "is for texts of exactly one category, and here they can have several. Take textcat_multilabel."
                raise ConfigError(f"“{name}” {said}", line)
            raise ConfigError(
                f"“{name}” ({factory}) does not learn from highlighted spans"
                f"{' or categories' if categories.names else ''}. Remove it from the pipeline.",
                line,
            )
    learning = {entity_recogniser(nlp, frozen), *([text_categoriser(nlp)] if categories.names else [])} - {"", *frozen}
    if not learning:
        raise ConfigError("The pipeline needs a component “ner” that learns.", _line_of(text, "nlp", "pipeline"))


def _refuse_missing_vectors(text: str, config: Config) -> None:
    vectors = config.interpolate()["initialize"]["vectors"]
    if vectors:
        try:
            base_facts(str(vectors))
        except UserError as error:
            raise ConfigError(str(error), _line_naming(text, [str(vectors)])) from error


def _fault(text: str, error: Exception) -> ConfigError:
    """What spaCy, thinc or confection say of a config, with the line that they speak of, as far as it can be told."""
    told = getattr(error, "errors", None)
    if told:
        *place, key = [str(part) for part in told[0]["loc"]] or [""]
        line = _line_of(text, ".".join(place), key) or _line_naming(text, [f"{key} ="])
        return ConfigError(f"“{key}”: {_sentence(str(told[0]['msg']))}", line)
    message = str(error).strip() or type(error).__name__
    return ConfigError(
        f"spaCy says: {_sentence(message)}", _line_naming(text, re.findall(r"(?<!\w)'([^']+)'", message))
    )


def _sentence(message: str) -> str:
    """The first line that says something, without spaCy's number for it."""
    lines = [line for line in message.splitlines() if line.strip() and not line.startswith("Config validation error")]
    line = re.sub(r"^\[\w\d+\] ", "", lines[0] if lines else message)[:300]
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _line_of(text: str, section: str, key: str) -> int:
    """Where ``key`` stands in that section; the section's own line if it is not there; 0 without the section.

    Errors name a section by its last parts only, so one that ends in them will do.
    """
    lines = [line.strip() for line in text.splitlines()]
    names = {line.strip("[]"): number for number, line in enumerate(lines) if line.startswith("[")}
    header = names.get(section, next((names[name] for name in names if name.endswith(f".{section}")), None))
    if header is None:
        return 0
    for number in range(header + 1, len(lines)):
        if lines[number].startswith("["):
            break
        if re.match(rf"{re.escape(key)}\s*=", lines[number]):
            return number + 1
    return header + 1


def _line_of_section(text: str, section: str) -> int:
    return _line_of(text, section, "")


def _line_naming(text: str, names: list[str]) -> int:
    """The first of the lines that name most of these; 0 if none does."""
    counts = [(sum(name in line for name in names), -number) for number, line in enumerate(text.splitlines(), start=1)]
    most, line = max(counts, default=(0, 0))
    return -line if most else 0
