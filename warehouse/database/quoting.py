"""Names and values as SQL writes them."""


def identifier(name: str) -> str:
    """Quote the name of a relation or a column."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Quote a value as a text."""
    return "'" + str(value).replace("'", "''") + "'"
