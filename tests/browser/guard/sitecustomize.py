"""Lets a Python process that has this folder on its PYTHONPATH talk to this machine only.

Python imports a module of this name by itself when it starts. Each attempt to reach another host,
or to look up its name, is written to the file that $NETWORK_GUARD_LOG names, and fails.
"""

import os
import sys
from ipaddress import ip_address

_LOG = os.environ.get("NETWORK_GUARD_LOG", "")
_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKING_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def _note(line: str) -> None:
    with open(_LOG, "a", encoding="utf-8") as log:
        log.write(f"{line}\n")


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in _CONNECTING:
        address = arguments[1]
        # An address that is no tuple is that of a socket within this machine.
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in _LOOKING_UP:
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        _note(f"{event} {host!r}")
        raise PermissionError(f"the network guard does not let {event} reach {host!r}")


if _LOG:
    _note("watching")
    sys.addaudithook(_watch)
