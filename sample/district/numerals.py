"""Numbers in Chinese characters, with which clerks number what has no name."""

_DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """Write 1 to 99 in Chinese characters: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else _DIGITS[tens]) + "十" * (tens > 0) + ("" if tens and not ones else _DIGITS[ones])
    )
