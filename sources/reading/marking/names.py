"""Names of files that go back to a sender, and what is ours in a file that comes back from one."""

import re

REASONS_SHEET = "退回原因"
"""The sheet that a marked copy has beside the sender's own; no form is looked for in it."""

_MARKED = "退回标注"
_MOST_BYTES = 160  # of the sender's own name, in UTF-8: file systems take 255 with what stands around it


def receipt_stem(file_name: str, arrival_id: str, number: str) -> str:
    """Name the receipts of one delivery, without their suffixes."""
    return f"{_short(file_name)}.{arrival_id}-{number}.回执"


def copy_name(file_name: str, arrival_id: str) -> str:
    """Name the marked copy of a file; that of a copy which was sent again as the first was."""
    stem = name_as_sent(file_name).rpartition(".")[0] or file_name
    return f"{_short(stem)}.{arrival_id}.{_MARKED}.xlsx"


def name_as_sent(file_name: str) -> str:
    """Take our marks off a file's name: the number of the arrival could be read as a date."""
    return re.sub(rf"\.[0-9a-f]{{12}}\.{_MARKED}", "", file_name)


def _short(name: str) -> str:
    return name.encode()[:_MOST_BYTES].decode(errors="ignore")
