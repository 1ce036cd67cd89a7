"""Gathers the documents that the questions are about, from the repositories that publish them.

    .venv/bin/python -m benchmarks.questions.gather FOLDER [--mirrors MAP] [--reserved FILE]

`documents.tsv` names each document's repository, commit and path. Each is fetched from GitHub, or
taken from a git directory `MAP/owner+name/repo`, and kept as FOLDER/<SHA-1>.<ending> when its
SHA-1 is the one in the table. A file whose SHA-1 is listed in FILE is refused: those are kept apart
for judging. Exits with 1 when a document is missing or refused.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

__all__ = ["DOCUMENTS", "Source", "gather", "main", "read_sources"]

DOCUMENTS = Path(__file__).with_name("documents.tsv")
_GITHUB = "https://github.com"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from; `fold` is the part of the data that it belongs to."""

    id: str
    repo: str
    commit: str
    path: str
    sha1: str
    fold: int

    @property
    def file(self) -> str:
        """The name under which it is kept."""
        return self.sha1 + Path(self.path).suffix.lower()


def read_sources(path: Path = DOCUMENTS) -> list[Source]:
    """Return the documents of the table, sorted by repository."""
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        found = [Source(**{**row, "fold": int(row["fold"])}) for row in rows]  # type: ignore[arg-type]
    return sorted(found, key=lambda each: (each.repo, each.commit, each.path))


def gather(
    sources: Iterable[Source], folder: Path, mirrors: Path | None, reserved: Collection[str]
) -> Iterator[str]:
    """Put each document into the folder; yield a line for each that can't be had.

    Raises ValueError for a document that is kept apart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for (repo, commit), group in groupby(sources, key=lambda each: (each.repo, each.commit)):
        wanted = [each for each in group if not (folder / each.file).exists()]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as working:
            directory = _mirror(repo, mirrors) or _fetched(repo, commit, Path(working))
            for each in wanted:
                data = _content(directory, each) if directory else b""
                digest = hashlib.sha1(data).hexdigest()
                if digest in reserved:
                    raise ValueError(f"{each.id} is kept apart for judging ({digest})")
                if digest == each.sha1:
                    (folder / each.file).write_bytes(data)
                else:
                    yield f"{each.id}: {repo} {each.path}"


def _mirror(repo: str, mirrors: Path | None) -> Path | None:
    """Return the git directory of a repository in the folder of mirrors, if it is there."""
    if mirrors is None:
        return None
    whole = mirrors / repo.replace("/", "+") / "repo"
    inner = whole / ".git"
    return inner if inner.is_dir() else whole if whole.is_dir() else None


def _fetched(repo: str, commit: str, folder: Path) -> Path | None:
    """Return the git directory of one commit of a repository, fetched into `folder`."""
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--bare"], check=True)
    fetched = subprocess.run(
        [*git, "fetch", "--quiet", "--depth", "1", f"{_GITHUB}/{repo}", commit]
    )
    return folder if fetched.returncode == 0 else None


def _content(directory: Path, source: Source) -> bytes:
    command = ["git", "--git-dir", str(directory), "show", f"{source.commit}:{source.path}"]
    return subprocess.run(command, capture_output=True).stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Gather the documents; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mirrors", type=Path, help="git directories instead of the network")
    parser.add_argument("--reserved", type=Path, help="a file of SHA-1s that are refused")
    options = parser.parse_args(arguments)
    reserved = set(options.reserved.read_text().split()) if options.reserved else set()
    missing = list(gather(read_sources(), options.folder, options.mirrors, reserved))
    print("\n".join(f"missing: {line}" for line in missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
