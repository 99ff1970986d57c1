"""The gate for texts that are kept: numbers of persons, and names that stand behind a label, are masked.

Put here: what in a free text is personal. Keep out: fields that are personal as a whole, which are hashed or not read.
"""

import re

from schemas.personal_number import PERSONAL_NUMBER

MASK = "＊＊＊"

_LABELS = (
    "联系人|联络员|户主|负责人|填表人|填报人|制表人|经办人|审核人|复核人|村主任|"
    "借款人|客户名称|姓名|法人代表|法定代表人"
)
_HAN = "\u4e00-\u9fff"
_NAMED = re.compile(
    rf"((?:{_LABELS})\s*[:：=＝]\s*)[{_HAN}·]{{2,4}}(?:[、,，/+＋][{_HAN}·]{{2,4}}(?![{_HAN}:：=＝]))*"
)
_NO_NAME = "名单|名册|信息|情况|台账|登记|明细|汇总|统计|调查|档案|培训|述职|考核|任期|变更|简历|测评|报|表|及|和|与|的|类|数"
_NAMED_IN_A_FILE_NAME = re.compile(rf"((?:{_LABELS}))(?!{_NO_NAME})[{_HAN}]{{2,3}}(?![{_HAN}])")

_NUMBER = re.compile(rf"(?<![0-9０-９])(?:{PERSONAL_NUMBER})(?![0-9０-９])")


def hide_personal(text: str) -> str:
    """Mask the numbers of persons in a text, however they are written, and names behind a label.

    Amounts with separators of thousands, dates and times stay.
    """
    return _NAMED.sub(rf"\1{MASK}", _NUMBER.sub(MASK, text))


def has_personal_number(text: str) -> bool:
    """Whether a text holds the number of a person."""
    return _NUMBER.search(text) is not None


def hide_in_name(name: str) -> str:
    """Mask the same in the name of a file, where a name may follow its label at once."""
    return _NAMED_IN_A_FILE_NAME.sub(rf"\1{MASK}", hide_personal(name))


def hide_in_names(names: list[str]) -> list[str]:
    """Mask the same in the names of a workbook's sheets, which stay apart from one another."""
    hidden: list[str] = []
    for name in map(hide_in_name, names):
        again = sum(other.partition("〔")[0] == name for other in hidden) if MASK in name else 0
        hidden.append(f"{name}〔{again + 1}〕" if again else name)
    return hidden
