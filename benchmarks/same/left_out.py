"""Everything that the comparison leaves out, each with the reason: two loads of the same files differ in it.

Put here every exclusion of the comparison, and no code that compares.
"""

COLUMNS = {
    ("dq_delivery", "staged_at"): "the clock of the load; received_at is a file's own time and is compared",
}
"""Columns of published tables."""

ROWS = {
    "warehouse_info": {
        "cut_off": "the clock of the load",
        "published_at": "the clock of the load",
        "code_hash": "of the code, which a move changes",
        "version": "counts the loads of the home, which may be more in one of them",
    },
}
"""Rows of published tables, by their `name`."""

FIELDS = {
    "receipt": {
        "staged_at": "the clock of the load",
        "rules_hash": "of the code and the data files by path, which a move changes",
        "staged_files.*.path": "a place on disk; the rows in it are compared by the file's name",
        "rejected_files.*.path": "a place on disk; the rows in it are compared by the file's name",
        "staged_files.*.sha256": "of Parquet bytes; their rows and types are compared",
        "rejected_files.*.sha256": "of Parquet bytes; their rows and types are compared",
    },
    "load": {
        "run_id": "drawn at random",
        "started_at": "the clock of the load",
        "ended_at": "the clock of the load",
    },
    "manifest": {
        "built_at": "the clock of the load",
        "cut_off": "the clock of the load",
        "fingerprint": "of code and inputs, which a move changes",
        "code_hash": "of the code, which a move changes",
    },
    "trace": {},
    "arrival": {"inode": "of the file as it lay in one inbox"},
    "answer": {},
}
"""Fields of JSON documents by kind, as patterns of paths; an element of a list is named by its index."""

RUN_METADATA = {
    "version": "counts the loads of the home",
}
"""Metadata of materializations in the run history.

Their tags (versions of code and data, ids of events) are not read.
"""

TEXT = {
    "moments of the home's own loads": "the clock of a load, where a page says when it was; other times are compared",
    "month and day of the home's own loads (11-26), in pages": "the labels of loads in the trends of quality",
    "versions (v000001)": "count the loads of the home",
    "the id of an arrival, in errors about cases": "of the time when the file was copied",
    "the module of an exception, in errors about cases": "a move changes it",
}
"""Parts of pages, replies, workbooks, texts of the run history and answers; see `clock` and `case_answers`."""

WORKBOOK_PROPERTIES = {
    "dcterms:created": "the clock of the writer",
    "dcterms:modified": "the clock of the writer",
}
"""Elements of docProps/core.xml."""
