"""Values as the project file holds them: JSON, a million rows of which are soon written and read."""

import json

import msgspec

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()


def to_text(value: object) -> str:
    """The value as JSON. Raises TypeError for what JSON doesn't know."""
    try:
        text = _ENCODER.encode(value)
    except (msgspec.MsgspecError, UnicodeEncodeError, OverflowError, RecursionError, TypeError):
        return json.dumps(value)  # half a surrogate pair, an integer of more than 64 bits, a number of numpy's
    # Some null may be a number that is none, which Python's own JSON keeps as NaN.
    return json.dumps(value) if b"null" in text else text.decode()


def from_text(text: str) -> object:
    """The value that was JSON. Raises ValueError where it was none."""
    try:
        return _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return json.loads(text)
