"""Values as JSON in UTF-8, whatever strings they hold."""

import json


def json_bytes(value: object) -> bytes:
    """The value on one line, without a line break at its end."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Metadata may hold half a surrogate pair: an escape holds it as well.
        return json.dumps(value).encode()
