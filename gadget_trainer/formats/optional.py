"""Libraries that only some people need: where one is missing, a sentence says which command installs it."""

from importlib import import_module
from types import ModuleType

from gadget_trainer.errors import UserError

COMMAND = 'pip install "gadget-trainer[office]"'


def library(module: str, what: str) -> ModuleType:
    """The module of a library that reads ``what``, such as “Word documents”.

    Raises:
        UserError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise UserError(f"To read {what}, a further library is needed. Install it with: {COMMAND}.") from error
