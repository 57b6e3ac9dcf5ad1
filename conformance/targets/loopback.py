"""Loaded as `sitecustomize` before emulators that run on Python and ask no one where to listen: they are reached on loopback alone."""

import socket

_bind = socket.socket.bind
_HERE = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


def bind(self, address):
    """As ever, but on this machine's own address."""
    here = _HERE.get(self.family)
    return _bind(self, address if here is None else (here, *address[1:]))


socket.socket.bind = bind
