"""How the page is reached: names, whether over HTTPS, and which header of a trusted proxy names the user."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """`hosts` are the names it answers to, with or without port; `https` says whether browsers come over HTTPS."""

    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
    https: bool = False
    #: Header in which a trusted proxy names the user; empty where there is none.
    proxy_header: str = ""
    #: Addresses that the proxy may come from.
    proxies: frozenset[str] = frozenset({"127.0.0.1", "::1"})

    @property
    def cookie(self) -> str:
        """The cookie's name; over HTTPS its prefix makes the browser hold it to this host."""
        return "__Host-deckprism" if self.https else "deckprism"
