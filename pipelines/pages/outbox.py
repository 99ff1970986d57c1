"""Answers in the outbox, as links beside the pages: a delivery's reply and the marked copy of its file."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

_ANSWER = re.compile(r".*\.([0-9a-f]{12})(?:-(\d+)\.回执\.html|\.退回标注\.xlsx)")
_BESIDE_PAGES = "../outbox"


@dataclass(frozen=True)
class Answers:
    """Addresses of replies, by delivery as arrival and number, and of marked copies, by arrival."""

    replies: dict[tuple[str, str], str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)

    def of(self, delivery_id: str) -> tuple[str, str]:
        """Give the addresses of a delivery's reply and marked copy, empty where there is none."""
        _, arrival, number = delivery_id.split("-")
        return self.replies.get((arrival, number), ""), self.copies.get(arrival, "")


def find_answers(outbox: Path) -> Answers:
    """Look through the outbox once."""
    answers = Answers()
    folders = [entry for entry in os.scandir(outbox) if entry.is_dir()] if outbox.is_dir() else []
    for folder in folders:
        for entry in os.scandir(folder.path):
            if match := _ANSWER.fullmatch(entry.name):
                address = f"{_BESIDE_PAGES}/{quote(folder.name)}/{quote(entry.name)}"
                if match[2]:
                    answers.replies[match[1], match[2]] = address
                else:
                    answers.copies[match[1]] = address
    return answers
