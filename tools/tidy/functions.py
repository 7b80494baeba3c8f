"""Finds function bodies in C++ text, well enough to measure them; it is no parser."""

import re

SCOPE_WORDS = re.compile(r"\b(namespace|class|struct|union|enum)\b|\bextern\b")
TEMPLATE = re.compile(r"\btemplate\s*<")
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
NAME = re.compile(r"([\w:~]+|operator\s*\S+)\s*\(")


def function_bodies(code: str):
    """Yields (name, first line, last line) of each outermost function body. `code` has no comments or literals."""
    code = DIRECTIVE.sub(lambda match: "\n" * match.group(0).count("\n"), code)
    open_blocks = []  # of (kind, name, line, header before the block)
    header, header_line, line = "", None, 1
    for character in code:
        if character == "\n":
            line += 1
        inside = any(block[0] == "function" for block in open_blocks)
        if character == "{":
            kind = "inner" if inside else block_kind(header)
            open_blocks.append((kind, name_of(header), header_line or line, header))
            header, header_line = "", None
        elif character == "}":
            kind, name, began, before = open_blocks.pop() if open_blocks else ("inner", "", line, "")
            if kind == "function":
                yield name, began, line
            # A braced initialiser is part of a longer header: `Foo::Foo() : a_{1} {`.
            header, header_line = (before + "{}", began) if kind == "initialiser" else ("", None)
        elif character == ";" and header.count("(") <= header.count(")"):
            header, header_line = "", None
        else:
            if header_line is None and not character.isspace():
                header_line = line
            header += character


def block_kind(header: str) -> str:
    """What a `{` after this header opens: 'scope', 'function' or 'initialiser'."""
    plain = without_parentheses(without_templates(header))
    if SCOPE_WORDS.search(plain):
        return "scope"
    if "()" not in plain or re.search(r"(?<!operator)(?<![=!<>])=(?!=)", plain.replace("operator=", "operator")):
        return "initialiser"
    in_member_list = re.search(r"\)[^:]*(?<!:):(?!:)", plain)
    if in_member_list and re.search(r"[\w>]\s*$", plain):
        return "initialiser"
    return "function"


def without_templates(header: str) -> str:
    while match := TEMPLATE.search(header):
        depth, at = 1, match.end()
        while at < len(header) and depth > 0:
            depth += {"<": 1, ">": -1}.get(header[at], 0)
            at += 1
        header = header[: match.start()] + header[at:]
    return header


def without_parentheses(header: str) -> str:
    depth, kept = 0, []
    for character in header:
        depth -= character == ")"
        if depth <= 0:
            kept.append(character)
        depth += character == "("
    return "".join(kept)


def name_of(header: str) -> str:
    found = NAME.search(header)
    return found.group(1) if found else "?"
