"""Every header is a contract that stands on its own."""

import concurrent.futures
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess

from rules_layers import QUOTED_INCLUDE
from tree import Finding, Tree

HEADERS = r"(src|tests|bench|tools)/.*\.h"
COMPILER = "g++"
FLAGS = ["-std=c++20", "-O0", "-Isrc", "-I.", "-Itests", "-Ibench", '-DTHRONG_SOURCE_DIR=""']
WORK = "build/tidy"
CACHE = f"{WORK}/headers.json"


def headers_have_pragma_once(tree: Tree) -> list[Finding]:
    pragma = re.compile(r"^#pragma once$", re.MULTILINE)
    return [Finding(path, 1, "no '#pragma once'") for path in tree.matching(HEADERS) if not pragma.search(tree.text(path))]


def headers_compile_alone(tree: Tree) -> list[Finding]:
    """Compiles each header by itself; what has not changed since it last compiled is not compiled again."""
    good_before = _read_cache(tree)
    fingerprints = {path: _fingerprint(tree, path) for path in tree.matching(HEADERS)}
    changed = [path for path, print_ in fingerprints.items() if print_ not in good_before]
    (tree.root / WORK).mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        errors = dict(zip(changed, pool.map(functools.partial(_compile, tree), changed)))
    _write_cache(tree, sorted(print_ for path, print_ in fingerprints.items() if not errors.get(path)))
    return [Finding(path, 1, f"does not compile alone: {error}") for path, error in errors.items() if error]


def _compile(tree: Tree, path: str) -> str:
    """The first error, or nothing. With ccache, which shares its answers with other clones of the tree."""
    alone = tree.root / WORK / (path.replace("/", "+") + ".cpp")
    alone.write_text(f'#include "{path}"\n')
    command = [*_cache_of_compiler(), COMPILER, *FLAGS, "-c", str(alone.relative_to(tree.root)), "-o", f"{alone}.o"]
    done = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    errors = [line for line in done.stderr.split("\n") if "error:" in line]
    return errors[0] if errors else f"{COMPILER} ended with {done.returncode}"


def _fingerprint(tree: Tree, path: str) -> str:
    """Of the header, of everything of ours that it includes, of the flags and the compiler."""
    digest = hashlib.sha256((_compiler_version() + " ".join(FLAGS)).encode())
    for reached in sorted(_reached(tree, path)):
        digest.update(f"\0{reached}\0{tree.text(reached)}".encode())
    return digest.hexdigest()


def _reached(tree: Tree, path: str) -> set[str]:
    known, waiting, seen = set(tree.files), [path], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        folder = current.rsplit("/", 1)[0]
        for included in QUOTED_INCLUDE.findall(tree.text(current)):
            for candidate in (f"src/{included}", included, f"tests/{included}", f"bench/{included}", f"{folder}/{included}"):
                if candidate in known:
                    waiting.append(candidate)
    return seen


@functools.lru_cache(maxsize=None)
def _cache_of_compiler() -> list[str]:
    ccache = shutil.which("ccache")
    return ["env", "CCACHE_NOHASHDIR=1", ccache] if ccache else []


@functools.lru_cache(maxsize=None)
def _compiler_version() -> str:
    return subprocess.run([COMPILER, "--version"], capture_output=True, text=True, check=True).stdout


def _read_cache(tree: Tree) -> set[str]:
    try:
        return set(json.loads((tree.root / CACHE).read_text()))
    except (OSError, ValueError):
        return set()


def _write_cache(tree: Tree, fingerprints: list[str]) -> None:
    file = tree.root / CACHE
    file.write_text(json.dumps(fingerprints))
