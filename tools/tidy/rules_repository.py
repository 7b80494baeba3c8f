"""The shape of the repository: tests beside sources, links, lock files, commits."""

import re
import subprocess
import urllib.parse

from rules_layers import LAYERS
from tree import Finding, Tree, line_of

SUBJECT_MAX = 72
COMMITS_READ = 20

CODE_IN_MARKDOWN = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)<>\s]+)>?(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
RESOLVED = re.compile(r'"resolved":\s*"[^"]*"')
LOCKED_URL = re.compile(r'"(?!url"|homepage")[^"]+":\s*"(?:git\+)?(?:https?|ssh|git)://[^"]*"')


def tests_mirror_sources(tree: Tree) -> list[Finding]:
    """tests/a/b_test.cpp tests src/a/b; the benches' and tools' tests mirror their own folders; scenarios test a layer."""
    known, findings = set(tree.files), []
    for path in tree.matching(r"tests/.*_test\.cpp"):
        inner = path.removeprefix("tests/").removesuffix("_test.cpp")
        first = inner.split("/")[0]
        if "/scenario/" in inner:
            continue
        if first in LAYERS:
            tested = f"src/{inner}"
        elif first in ("bench", "tools"):
            tested = inner
        else:
            continue
        if not {f"{tested}.cpp", f"{tested}.h"} & known:
            findings.append(Finding(path, 1, f"tests {tested}.cpp or .h, which is not there"))
    return findings


def lock_files_name_no_host(tree: Tree) -> list[Finding]:
    """Lock files hold versions and checksums; where packages come from is the machine's own setting."""
    findings = []
    for path in tree.matching(r"(.*/)?package-lock\.json"):
        text = tree.text(path)
        for match in [*RESOLVED.finditer(text), *LOCKED_URL.finditer(text)]:
            where = "an .npmrc with omit-lockfile-registry-resolved=true beside it avoids this"
            findings.append(Finding(path, line_of(text, match.start()), f"{match.group(0)[:80]}: {where}"))
    return findings


def links_resolve(tree: Tree) -> list[Finding]:
    """Every relative link and picture in a Markdown page leads to a file or folder of the repository."""
    findings = []
    for path in tree.matching(r".*\.md"):
        text = CODE_IN_MARKDOWN.sub(lambda match: "\n" * match.group(0).count("\n"), tree.text(path))
        for match in LINK.finditer(text):
            target = match.group(1) or match.group(2)
            if ELSEWHERE.match(target):
                continue
            bare = urllib.parse.unquote(target.split("#")[0])
            start = tree.root if bare.startswith("/") else (tree.root / path).parent
            if not (start / bare.lstrip("/")).exists():
                findings.append(Finding(path, line_of(text, match.start()), f"the link {target} leads nowhere"))
    return findings


def commit_subjects_are_short(tree: Tree) -> list[Finding]:
    command = ["git", "-c", f"safe.directory={tree.root}", "log", "--no-merges", f"-{COMMITS_READ}", "--format=%h %s"]
    done = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False)
    findings = []
    for line in done.stdout.splitlines():
        commit, _, subject = line.partition(" ")
        if len(subject) > SUBJECT_MAX:
            findings.append(Finding(commit, 0, f"subject of {len(subject)} characters, at most {SUBJECT_MAX}: {subject}"))
    return findings
