"""Lengths, and words that may not be left behind."""

import re

from functions import function_bodies
from tree import Finding, Tree, line_of

FUNCTION_LINES_MAX = 70
FILE_LINES_WANTED = 400
FILE_LINES_MAX = 800
REASON = "Long because"  # in the first lines of a file that is longer all the same

CPP = r"(src|tests|bench|tools)/.*\.(h|cpp)"
SOURCES = r"(src|tests|bench|tools|web|deploy|clients)/.*\.(h|cpp|ts|tsx|js|mjs|css|cs|py|sh)|dev|\.ci/run"

# Spelled in two halves, so that this file and its tests do not find themselves.
MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\b(not imple" r"mented|st" r"ub)\b")
SKIPS = re.compile(r"GTEST_" r"SKIP|\bDISABLED" r"_|\b(?:it|test|describe|suite)\.(?:sk" r"ip|to" r"do)\b|\bxi" r"t\(")
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:wor" r"k|roo" r"t|home/\w+|Users/\w+)/")

AWAIT = re.compile(r"\bco_await\b")
AWAIT_TEMPORARY = re.compile(r"\[[^\]]*\w[^\]]*\]\s*[({]|[\w>)(,]\s*\{\s*[^\s}]")


def functions_are_short(tree: Tree) -> list[Finding]:
    findings = []
    for path in tree.matching(CPP):
        for name, first, last in function_bodies(tree.code(path)):
            lines = last - first + 1
            if lines > FUNCTION_LINES_MAX:
                findings.append(Finding(path, first, f"{name} has {lines} lines, at most {FUNCTION_LINES_MAX}"))
    return findings


def files_are_short(tree: Tree) -> list[Finding]:
    findings = []
    for path in tree.matching(SOURCES):
        text = tree.text(path)
        lines = text.count("\n")
        if lines > FILE_LINES_MAX and REASON not in "\n".join(text.split("\n")[:20]):
            why = f"{lines} lines; past {FILE_LINES_MAX} a comment at the top begins with '{REASON}'"
            findings.append(Finding(path, 1, why))
        elif lines > FILE_LINES_WANTED:
            findings.append(Finding(path, 1, f"{lines} lines: looking for its second file", warning=True))
    return findings


def awaits_hold_no_temporaries(tree: Tree) -> list[Finding]:
    """g++ 12 copies aggregates and captures in a co_await expression bit by bit and destroys them twice."""
    findings = []
    for path in tree.matching(CPP):
        for number, line in enumerate(tree.code(path).split("\n"), 1):
            if AWAIT.search(line) and AWAIT_TEMPORARY.search(line.rstrip("{ ")):
                findings.append(Finding(path, number, "braces or captures beside co_await: name the value on the line before"))
    return findings


def no_unfinished_marks(tree: Tree) -> list[Finding]:
    return _search(tree, SOURCES, MARKS, "finish it, or write down what is missing where users look")


def no_skipped_tests(tree: Tree) -> list[Finding]:
    return _search(tree, r"(tests|web|bench)/.*\.(h|cpp|ts|js|mjs|py)", SKIPS, "a skipped test is not a passed one")


def no_machine_paths(tree: Tree) -> list[Finding]:
    text_files = SOURCES + r"|.*\.(md|json|txt|cmake|yml|yaml|html|tmj|tmx|tsx|tsj)|CMakeLists\.txt|\.\w[\w-]*"
    return _search(tree, text_files, MACHINE_PATHS, "a path of one machine")


def _search(tree: Tree, files: str, pattern: re.Pattern, why: str) -> list[Finding]:
    findings = []
    for path in tree.matching(files):
        text = tree.text(path)
        for match in pattern.finditer(text):
            findings.append(Finding(path, line_of(text, match.start()), f"'{match.group(0)}': {why}"))
    return findings
