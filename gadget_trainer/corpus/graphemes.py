"""What a reader takes for one character: grapheme clusters (Unicode annex 29).

An edge inside 👍🏿, a flag or an accented letter would cut in two what a person sees as one. Clusters are found
around a position without reading the text from its start, so that this stays quick in a long text.
"""

import regex

_CLUSTER = regex.compile(r"\X")

# Between two such characters there is always a boundary, whatever stands before them: a place to count from.
_SURE_BOUNDARY = regex.compile(
    r"(?r)"
    r"(?<=[\p{GCB=Other}\p{GCB=LV}\p{GCB=LVT}\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}\p{GCB=RI}])"
    r"[\p{GCB=Other}\p{GCB=LV}\p{GCB=LVT}]"
    # An accent joins what stands before it; only Indic vowel killers join what follows.
    r"|(?r)(?<=\p{GCB=Extend})(?<!\u200d)[\p{Extended_Pictographic}[\p{GCB=Other}&&[\u0000-\u08ff]]]",
    regex.VERSION1,
)
# Flags are pairs of these; where a row of them begins, decides which belong together.
_FLAG_ROW = regex.compile("(?r)(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]")

_JOINED = 64


def boundary_before(text: str, position: int, known: int = 0) -> int:
    """The last boundary between two clusters at or before ``position`` (code points).

    ``known`` is a boundary before it that is known already: nothing before that is read.
    """
    return _boundaries(text, position, known)[0]


def boundary_after(text: str, position: int) -> int:
    """The first boundary between two clusters at or after ``position`` (code points)."""
    return _boundaries(text, position, 0)[1]


def _boundaries(text: str, position: int, known: int) -> tuple[int, int]:
    """The boundaries around ``position``; both are ``position`` where it is one itself."""
    if position <= 0 or position >= len(text):
        inside = min(max(position, 0), len(text))
        return inside, inside
    before, after = text[position - 1], text[position]
    if before < "\u0300" and after < "\u0300" and not (before == "\r" and after == "\n"):
        # No character below U+0300 joins another, but for CR LF (and U+00AD, which breaks on both sides).
        return position, position
    if _is_flag_part(before) and _is_flag_part(after):
        return _boundaries_among_flags(text, position, known)
    sure = _SURE_BOUNDARY.search(text, known, position + 1)
    for cluster in _CLUSTER.finditer(text, sure.start() if sure else known):
        if cluster.start() == position:
            return position, position
        if cluster.end() > position:
            return cluster.start(), cluster.end()
    return position, position


def _boundaries_among_flags(text: str, position: int, known: int) -> tuple[int, int]:
    """The same between two letters of flags, counted: the expression would read the whole row for each flag."""
    row = _FLAG_ROW.search(text, known, position)
    if (position - (row.start() if row else known)) % 2 == 0:
        return position, position
    # What joins a flag from behind is short; a slice hides the row before it.
    flag = _CLUSTER.match(text[position - 1 : position + _JOINED])
    return _boundaries(text, position - 1, known)[0], position - 1 + (flag.end() if flag else 2)


def _is_flag_part(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
