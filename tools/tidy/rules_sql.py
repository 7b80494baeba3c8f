"""Where SQL comes from: it is written down, whole, and what varies are its parameters."""

import re

from tree import TOKENS, Finding, Tree, line_of

# They make lists of columns and of `$1, $2 …` out of the schema's own names.
MADE_OF_NAMES = {
    "src/services/database/rows_insert.cpp",
    "src/services/store/backup.cpp",
    "src/services/store/backup_tables.cpp",
    "src/services/store/restore.cpp",
}

SQL = re.compile(
    r'"\s*(SELECT\b|INSERT INTO\b|UPDATE [\w{}]+ SET\b|DELETE FROM\b|WITH RECURSIVE\b|(CREATE|DROP|ALTER|LOCK) TABLE\b'
    r"|FROM [\w{}]+|WHERE [\w{}(]|ORDER BY\b|VALUES\b|(LEFT )?JOIN [\w{}]+ ON\b|LIMIT [\d$]|SET [\w{}]+ = |RETURNING\b)"
)
BEFORE = re.compile(r"(?:format\w*\(\s*|\+=?\s*|append\(\s*)$")
AFTER = re.compile(r"(?:\s|[A-Z][A-Z0-9_]+)*\+")


def sql_is_written_down(tree: Tree) -> list[Finding]:
    """No SQL is put together when the program runs, so nothing that somebody wrote can get into it."""
    findings = []
    for path in tree.matching(r"src/.*\.(h|cpp)"):
        if path in MADE_OF_NAMES:
            continue
        text = tree.text(path)
        for first, last, literal in _literals(text):
            if not SQL.match(literal):
                continue
            if BEFORE.search(text[:first]) or AFTER.match(text[last:]):
                findings.append(Finding(path, line_of(text, first), "SQL that is put together: write it down, with $1, $2 …"))
    return findings


def _literals(text: str):
    """Literals that the compiler joins, macros in capitals between them included: where, and as it begins."""
    begin = end = None
    words = ""
    for match in TOKENS.finditer(text):
        token = match.group(0)
        if token.startswith(("//", "/*")) or not token.startswith(('"', 'R"')):
            continue
        if end is not None and re.fullmatch(r"(?:\s|[A-Z][A-Z0-9_]+)*", text[end : match.start()]):
            end = match.end()
            continue
        if end is not None:
            yield begin, end, words
        begin, end, words = match.start(), match.end(), token
    if end is not None:
        yield begin, end, words
