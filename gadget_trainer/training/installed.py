"""Where trained pipelines are: folders, and packages installed here. Loads no spaCy, so that a form can ask at once."""

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from gadget_trainer.errors import UserError


def installed_pipelines() -> list[str]:
    """The names of those that are packages, such as ``en_core_web_sm``, as ``spacy.load`` takes them."""
    return sorted({point.name for point in entry_points(group="spacy_models")})


def pipeline_folder(base: str) -> Path:
    """Where the pipeline of that folder or package name is.

    Raises UserError when it is neither a folder with one nor a package.
    """
    if not base.strip():
        raise UserError("No pipeline was chosen. Choose the folder of one.")
    folder = Path(base).expanduser()
    if not folder.exists():
        folder = _package_folder(base)
    if not (folder / "config.cfg").is_file() or not (folder / "meta.json").is_file():
        raise UserError(f"“{folder}” holds no spaCy pipeline: a folder with a meta.json and a config.cfg is needed.")
    return folder


def _package_folder(name: str) -> Path:
    """An installed pipeline package keeps its data in a folder NAME-VERSION of its own."""
    # Asked for anything but a plain name, find_spec would import the packages that the name begins with.
    found = find_spec(name) if name.isidentifier() else None
    if found is None or found.origin is None:
        raise UserError(f"There is no pipeline “{name}”: neither a folder nor an installed package has this name.")
    package = Path(found.origin).parent
    inner = sorted(path.parent for path in package.glob("*/config.cfg"))
    return inner[-1] if inner else package
