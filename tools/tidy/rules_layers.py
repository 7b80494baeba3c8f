"""What each layer may know."""

import re

from tree import Finding, Tree, line_of

# A layer and the layers that it may include. CMakeLists.txt links by the same order.
LAYERS = {
    "base": {"base"},
    "content": {"base", "content"},
    "sim": {"base", "content", "sim"},
    "protocol": {"base", "content", "sim", "protocol"},
    "net": {"base", "net"},
    "room": {"base", "content", "sim", "protocol", "room"},
    "gateway": {"base", "content", "sim", "protocol", "room", "net", "gateway"},
    "services": {"base", "content", "sim", "protocol", "room", "net", "services"},
    "app": {"base", "content", "sim", "protocol", "room", "net", "gateway", "services", "app"},
}

QUOTED_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)

# Time, luck, threads, files, floating point and unordered containers: none may decide what the world does.
IMPURE = re.compile(
    r"#\s*include\s*<(?:chrono|ctime|time\.h|random|thread|mutex|shared_mutex|condition_variable|future|atomic"
    r"|fstream|iostream|filesystem|cstdio|stdio\.h|cmath|math\.h|unordered_map|unordered_set|boost/unordered[^>]*)>"
    r"|\bstd::(?:chrono|thread|jthread|mutex|async|random_device|mt19937\w*|[io]?fstream|filesystem)\b"
    r"|\b(?:steady_clock|system_clock|secure_random\w*|Clock)\b"
    r"|\b(?:rand|srand|time|clock|clock_gettime|fopen)\s*\("
    r"|\b\w*unordered_\w+\b"
    r"|\b(?:float|double)\b"
)

MUTEX = re.compile(
    r"#\s*include\s*<(?:mutex|shared_mutex|condition_variable)>"
    r"|\b(?:\w*mutex|lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable\w*|call_once)\b"
)


def includes_go_downwards(tree: Tree) -> list[Finding]:
    """A layer includes only layers below it, by paths that begin with the layer's name."""
    findings = []
    for path in tree.matching(r"src/.*\.(h|cpp)"):
        layer = path.split("/")[1]
        allowed = LAYERS.get(layer)
        if allowed is None:
            findings.append(Finding(path, 1, f"'{layer}' is no layer; there are {', '.join(LAYERS)}"))
            continue
        text = tree.text(path)
        for match in QUOTED_INCLUDE.finditer(text):
            included = match.group(1).split("/")[0]
            if included not in allowed:
                findings.append(Finding(path, line_of(text, match.start(1)), f"{layer} may not include {match.group(1)}"))
    return findings


def sim_is_pure(tree: Tree) -> list[Finding]:
    """The world knows no clock, luck of its own, thread, file, floating point or unordered container."""
    return _forbidden(tree, r"src/sim/.*\.(h|cpp)", IMPURE, "not in the simulation (docs/determinism.md)")


def no_mutex_in_pure_layers(tree: Tree) -> list[Finding]:
    """Threads meet in mailboxes only; these layers never wait for another thread."""
    return _forbidden(tree, r"src/(sim|protocol|room)/.*\.(h|cpp)", MUTEX, "no locks in this layer")


def _forbidden(tree: Tree, files: str, pattern: re.Pattern, why: str) -> list[Finding]:
    findings = []
    for path in tree.matching(files):
        code = tree.code(path)
        for match in pattern.finditer(code):
            findings.append(Finding(path, line_of(code, match.start()), f"'{match.group(0).strip()}': {why}"))
    return findings
