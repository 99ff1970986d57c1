"""Names of files that go back to a sender, and what is ours in a file that comes back from one."""

import re

REASONS_SHEET = "退回原因"
"""The sheet that a marked copy has beside the sender's own; no form is looked for in it."""

OUTCOME_WORDS = ("退回", "待核实", "部分接收", "已接收", "已撤回")
"""What the name of an answer begins with, so that a folder sorts by it: what asks for the most first."""

_MARKED = "退回标注"
_MOST_BYTES = 160  # of the sender's own name, in UTF-8: file systems take 255 with what stands around it


def receipt_stem(outcome: str, file_name: str, arrival_id: str, number: str) -> str:
    """Name the receipts of one delivery, without their suffixes. outcome: the word that the name begins with."""
    return f"{outcome}_{_short(name_as_sent(file_name))}.{arrival_id}-{number}.回执"


def copy_name(outcome: str, file_name: str, arrival_id: str) -> str:
    """Name the marked copy of a file; that of a copy which was sent again as the first was."""
    stem = name_as_sent(file_name).rpartition(".")[0] or file_name
    return f"{outcome}_{_short(stem)}.{arrival_id}.{_MARKED}.xlsx"


def name_as_sent(file_name: str) -> str:
    """Take our marks off a file's name: the number of the arrival could be read as a date."""
    marked = re.fullmatch(
        rf"(?:(?:{'|'.join(OUTCOME_WORDS)})_)?(.*)\.[0-9a-f]{{12}}\.{_MARKED}(.*)", file_name
    )
    return marked[1] + marked[2] if marked else file_name


def _short(name: str) -> str:
    return name.encode()[:_MOST_BYTES].decode(errors="ignore")
