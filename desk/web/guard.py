"""What every request and every answer goes through: the host's name, the origin of what changes something, headers.

Unsafe methods from another site are refused here, before any route; the secret of each form is checked where the form is
read (desk/web/session.py). A request's body is cut off while it comes in: at `LARGEST` bytes where files are handed in, which
is after the sender is known, and at `LARGEST_FORM` everywhere else; and when nothing of it comes for `PATIENCE` seconds.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.web.pages import refused as page_of
from desk.web.site import Site

#: Bytes of one file, of all files of one request, and of a request without files.
LARGEST_FILE = 100 * 2**20
LARGEST = 20 * LARGEST_FILE
LARGEST_FORM = 4 * 2**20
#: Where files are handed in: these read the body themselves, once they know who sends it.
_FILES = frozenset({"/submit", "/api/v1/submissions"})
#: Seconds until the next piece of a body has to come.
PATIENCE = 60.0
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
           "media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
_HEADERS = {
    "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Wrap an application."""
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        sender = self._with_headers(scope, send)
        if refused:
            plain = refused[0] == 400  # to a name that is not ours not even the style of a page is given
            answer = PlainTextResponse(refused[1], 400) if plain else page_of(Request(scope), *refused)
            await answer(scope, receive, sender)
            return
        most = LARGEST if scope.get("path") in _FILES else LARGEST_FORM
        said = headers.get("content-length", "0")
        if not (said.isascii() and said.isdecimal()):
            await PlainTextResponse("The length of this is no number.", 400)(scope, receive, sender)
            return
        if len(said) > 15 or int(said) > most:
            await _let_pass(receive)
            await page_of(Request(scope), 413, "This is too large. Files of up to 100 MB can be taken, "
                          "and forms of up to 4 MB.")(scope, receive, sender)
            return
        await self._app(scope, _limited(receive, most), sender)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if host not in self._site.hosts and host.rpartition(":")[0] not in self._site.hosts:
            return 400, "This name is not one of the desk's. Use the address that the desk printed at its start."
        if scope["method"] in _SAFE or headers.get("authorization", "").startswith("Bearer "):
            return None
        fetch_site = headers.get("sec-fetch-site", "")
        origin = headers.get("origin", "")
        # Our own forms come with the origin "null", because the referrer policy hides it; the browser's word on the
        # site stands for it then.
        hidden = origin == "null" and fetch_site == "same-origin"
        if fetch_site not in {"same-origin", "none", ""} or (origin and not hidden and _host_of(origin) != host):
            return 403, "This came from another site and was not done. Open the desk itself and do it there."
        return None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        static = str(scope.get("path", "")).startswith("/static/")

        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "max-age=3600" if static else "no-store")
                if self._site.https:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        return sender


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # half an address, "http://[": of another site, whatever it was to be
        return ""


async def _let_pass(receive: Receive) -> None:
    """Read some of what is not wanted: a browser that is cut off while it sends shows a fault and not our answer."""
    left = 8 * LARGEST_FORM
    while left > 0:
        try:
            message = await asyncio.wait_for(receive(), 2)
        except TimeoutError:
            return
        left -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _limited(receive: Receive, most: int) -> Receive:
    taken, more = 0, True

    async def limited() -> Message:
        nonlocal taken, more
        if not more:  # whoever asks now waits for the end of the visit, however long that takes
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            raise HTTPException(408, "Nothing came for too long, so this was given up. Send it again.") from None
        taken += len(message.get("body", b""))
        more = bool(message.get("more_body", False))
        if taken > most:
            raise HTTPException(413)
        return message

    return limited
