"""The files under a root, read once, with C++ seen as code without comments and strings."""

import dataclasses
import functools
import os
import pathlib
import re

# Made by builds and by the running server; the first set anywhere in the tree, the second at its top only.
SKIPPED_ANYWHERE = {".git", "node_modules", "dist", "__pycache__", ".cache"}
SKIPPED_AT_TOP = {"build", "data", "recordings", "compile_commands.json"}

TOKENS = re.compile(
    r"""
      R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)"   # raw string
    | //(?:\\\n|[^\n])*                                        # comment to the end of the line
    | /\*.*?\*/                                                # comment
    | "(?:\\.|[^"\\\n])*"                                      # string
    | \b[0-9](?:'?[0-9A-Za-z_.])*                              # number, which may hold apostrophes
    | '(?:\\.|[^'\\\n])+'                                      # character
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclasses.dataclass
class Finding:
    path: str
    line: int
    text: str
    warning: bool = False


def code_only(text: str) -> str:
    """C++ with comments and the insides of literals blanked, line by line where it was."""

    def blank(match: re.Match) -> str:
        token = match.group(0)
        if token[0].isdigit():
            return token
        newlines = "\n" * token.count("\n")
        return newlines if token.startswith(("//", "/*")) else token[0].replace("R", '"') + newlines + token[-1]

    return TOKENS.sub(blank, text)


class Tree:
    def __init__(self, root: pathlib.Path):
        self.root = pathlib.Path(root)
        self.files = sorted(self._walk())

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            top = pathlib.Path(folder) == self.root
            skipped = SKIPPED_ANYWHERE | (SKIPPED_AT_TOP if top else set())
            folders[:] = [name for name in folders if name not in skipped]
            for name in names:
                if name not in skipped:
                    yield (pathlib.Path(folder) / name).relative_to(self.root).as_posix()

    def matching(self, pattern: str) -> list[str]:
        """Files whose whole path matches the regular expression."""
        compiled = re.compile(pattern)
        return [path for path in self.files if compiled.fullmatch(path)]

    @functools.lru_cache(maxsize=None)
    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @functools.lru_cache(maxsize=None)
    def code(self, path: str) -> str:
        return code_only(self.text(path))


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
