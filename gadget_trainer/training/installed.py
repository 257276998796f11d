"""The trained pipelines that are installed here as packages. Loads no spaCy, so that a form can list them at once."""

from importlib.metadata import entry_points


def installed_pipelines() -> list[str]:
    """Their names, such as ``en_core_web_sm``, as ``spacy.load`` takes them."""
    return sorted({point.name for point in entry_points(group="spacy_models")})
