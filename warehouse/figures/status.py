"""What the status of a figure is called, wherever it is shown; the weakest last."""

STATUSES = {
    "final": "终值",
    "provisional": "暂定",
    "incomplete": "不完整",
    "questioned": "待核",
    "disputed": "有争议",
}
