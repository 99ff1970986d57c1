"""`xiangcang doctor`: what is set up, what is missing, and what to do."""

import argparse
from dataclasses import asdict
from datetime import datetime

from pipelines.commands import Refused
from pipelines.doctor import examine
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from sources.home.clock import SHANGHAI

_MARKS = {"ok": "好", "attend": "注意", "mend": "要改"}


def run(arguments: argparse.Namespace) -> int:
    """Show or print what was looked at; refused where something must be mended."""
    symptoms = examine(home_root(), datetime.now(SHANGHAI))
    wrong = [symptom for symptom in symptoms if symptom.state == "mend"]
    if arguments.json:
        print(to_json({"ok": not wrong, "checks": [asdict(symptom) for symptom in symptoms]}))
    else:
        for symptom in symptoms:
            print(f"{_MARKS[symptom.state]}　{symptom.subject}：{symptom.text}")
            if symptom.remedy:
                print(f"　　→ {symptom.remedy}")
    if wrong:
        raise Refused(f"有 {len(wrong)} 处要改：{'、'.join(s.subject for s in wrong)}", is_answered=True)
    return 0
