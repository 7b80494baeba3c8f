"""The rules of the house that a script can hold: python3 tools/tidy [--root DIR] [rule...]

Prints one line per finding (path:line: rule: what) and exits 1 if there is any. Warnings do not fail.
To add a rule: a function in a rules_*.py that takes a Tree and gives Findings, and a line in all_rules.py.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True  # the tree stays clean

from all_rules import ALL_RULES
from tree import Tree


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools/tidy", description="Checks the rules of the house.")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("rules", nargs="*", help="only these: " + ", ".join(rule.__name__ for rule in ALL_RULES))
    arguments = parser.parse_args()
    known = {rule.__name__: rule for rule in ALL_RULES}
    unknown = [name for name in arguments.rules if name not in known]
    if unknown:
        parser.error(f"no such rule: {', '.join(unknown)}")
    tree = Tree(arguments.root)
    broken = 0
    chosen = [known[name] for name in arguments.rules] or ALL_RULES
    for rule in chosen:
        findings = rule(tree)
        for finding in findings:
            print(f"{finding.path}:{finding.line}: {rule.__name__}{' (warning)' if finding.warning else ''}: {finding.text}")
        broken += any(not finding.warning for finding in findings)
    print(f"{len(chosen) - broken} passed, {broken} failed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
