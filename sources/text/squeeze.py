"""Labels as they are compared: full-width forms narrowed, without white space."""

import re
from functools import lru_cache

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
"""Characters that take no room: joiners, marks of direction, soft hyphens, variants of a glyph."""

INVISIBLE = re.compile(f"[{_INVISIBLE}\ue000-\uf8ff]+")
"""What is not seen, and the private-use marks that fonts of forms leave behind."""

_SPACE = re.compile(f"[\\s{_INVISIBLE}\ue000-\uf8ff]+")
_NARROW_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_FORMS = {chr(narrow): chr(code) for code, narrow in _NARROW_FORMS.items()}


@lru_cache(maxsize=1 << 16)
def squeeze(label: str) -> str:
    """Return a label as compared: full-width forms narrowed, white space and what is not seen dropped."""
    return _SPACE.sub("", label.translate(_NARROW_FORMS))


def squeezed_pattern(label: str) -> str:
    """Return the pattern of the texts that are alike once they are squeezed, in any case of their letters."""
    space = _SPACE.pattern.removesuffix("+") + "*"
    letters = [f"[{re.escape(c)}{_WIDE_FORMS.get(c, '')}]" for c in squeeze(label)]
    return f"(?i:^{space}{space.join(letters)}{space}$)"


def narrow(text: str) -> str:
    """Return a text with full-width forms narrowed, without what is not seen; white space inside it stays."""
    return INVISIBLE.sub("", text.translate(_NARROW_FORMS)).strip()
