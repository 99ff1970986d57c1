"""What the status of a figure is called, wherever it is shown; the weakest last."""

STATUSES = {
    "final": "终值",
    "provisional": "暂定",
    "incomplete": "不完整",
    "questioned": "待核",
    "disputed": "有争议",
}

STATUS_REASONS = {
    "provisional": "后续报送还会改变，或含沿用的数",
    "incomplete": "有单位缺报、漏报，或有行被退回、有格缺数",
    "questioned": "所用的数被检查质疑，尚未核实",
    "disputed": "合计不符，或口径本身有不同说法",
}
"""Why a figure is not final, by its status."""
