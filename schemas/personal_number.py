"""How numbers of persons look in a text: a pattern that both row rules and the gate for kept texts go by."""

_DIGIT = "[0-9０-９]"
_GAP = r"[\s.·–—－-]{0,2}"
PERSONAL_NUMBER = "|".join(
    [
        rf"{_DIGIT}{{6}}{_GAP}(?:[1１][89８９]|[2２][0０]){_DIGIT}{{2}}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{3}}[0-9０-９XxＸ]",
        rf"{_DIGIT}{{4}}(?:[\s–—－-]{_DIGIT}{{4}}){{3,4}}(?:[\s–—－-]?{_DIGIT}{{1,3}})?",
        rf"[1１][3-9３-９]{_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}",
        rf"{_DIGIT}{{15,}}[XxＸ]?",
    ]
)
"""Numbers of citizens (18 or 15 digits), bank cards and mobile phones, in any width and with gaps in them.

Codes of places and days with a time have 12 and 14 digits, and are none.
"""
