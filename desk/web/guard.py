"""What every request and every answer goes through: the host's name, the origin of what changes something, headers.

Unsafe methods from another site are refused here, before any route; the secret of each form is checked where the form is
read (desk/web/session.py). A request's body is cut off at `LARGEST` bytes while it comes in.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.web.site import Site

#: Bytes of one file, of all files of one request, and of a request without files.
LARGEST_FILE = 100 * 2**20
LARGEST = 20 * LARGEST_FILE
LARGEST_FORM = 4 * 2**20
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
           "media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
_HEADERS = {
    "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooLarge(Exception):
    """The body is longer than what may come in."""


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
            await PlainTextResponse(refused[1], refused[0])(scope, receive, sender)
            return
        multipart = headers.get("content-type", "").startswith("multipart/form-data")
        most = LARGEST if multipart else LARGEST_FORM
        if int(headers.get("content-length") or 0) > most:
            await PlainTextResponse("This is too large.", 413)(scope, receive, sender)
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
        if fetch_site not in {"same-origin", "none", ""} or (origin and not hidden and urlsplit(origin).netloc != host):
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


def _limited(receive: Receive, most: int) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            from starlette.exceptions import HTTPException

            raise HTTPException(413)
        return message

    return limited
