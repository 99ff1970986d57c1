"""Labels as they are compared: full-width forms narrowed, without white space."""

import re
from functools import lru_cache

_SPACE = re.compile(r"[\s\u3000\u00a0\u200b\ufeff\ue000-\uf8ff]+")
_NARROW_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@lru_cache(maxsize=1 << 16)
def squeeze(label: str) -> str:
    """Return a label as compared: full-width forms narrowed, white space and private-use marks dropped."""
    return _SPACE.sub("", label.translate(_NARROW_FORMS))
