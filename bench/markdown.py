"""Tables in Markdown: the first column is of words, the others of figures."""


def head(*cells: str) -> list[str]:
    """The two lines that a table begins with."""
    return [row(*cells), f"|---|{'---:|' * (len(cells) - 1)}"]


def row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"
