"""Mail and web requests of notices, with the standard library; secrets come from the environment alone.

A failure is one Fault with a code and no address or answer in it; whoever calls tries again later.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate
from typing import IO

from content.errors import Fault
from content.settings import Notices

_TIMEOUT = 10.0
USER, PASSWORD, SECRET = "DECKPRISM_SMTP_USER", "DECKPRISM_SMTP_PASSWORD", "DECKPRISM_WEBHOOK_SECRET"


def mail(wanted: Notices, to: Sequence[str], subject: str, text: str, name: str) -> None:
    """One mail to several people, who do not see each other. Raises Fault.

    `name` goes into the message's id: a mail that was sent and is sent again can be told to be the same.
    """
    message = EmailMessage()
    message["Subject"], message["From"] = " ".join(subject.split()), wanted.smtp_from
    message["To"] = wanted.smtp_from
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name}@deckprism.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connected(wanted) as server:
            user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
            if user:
                server.login(user, password)
            refused = server.send_message(message, to_addrs=list(to))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Fault("the mail server", f"did not take a notice ({type(error).__name__})", "It is tried again") from None
    if refused:
        raise Fault("the mail server", f"refused {len(refused)} of {len(to)} addresses", "Check them")


def post(wanted: Notices, body: Mapping[str, str]) -> None:
    """One JSON object to the webhook; with a secret set, its HMAC-SHA-256 is in X-Deckprism-Signature. Raises Fault."""
    data = json.dumps(body, sort_keys=True).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "deckprism"}
    secret = os.environ.get(SECRET, "")
    if secret:
        headers["X-Deckprism-Signature"] = "sha256=" + hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
    request = urllib.request.Request(wanted.webhook, data, headers, method="POST")  # noqa: S310 - checked in the settings
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            code = int(answer.status)
    except urllib.error.HTTPError as error:
        code = error.code
        error.close()
    except (OSError, http.client.HTTPException) as error:
        raise Fault("the webhook", f"cannot be reached ({type(error).__name__})", "It is tried again") from None
    if not 200 <= code < 300:
        raise Fault("the webhook", f"answered {code}", "It is tried again")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A notice goes where the operator said and nowhere else."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> None:
        """Follow none."""
        return


def _connected(wanted: Notices) -> smtplib.SMTP:
    """A connection, encrypted as the settings ask. A password never goes over an open one to another machine."""
    context = ssl.create_default_context()
    if wanted.smtp_tls == "tls":
        return smtplib.SMTP_SSL(wanted.smtp_host, wanted.smtp_port, timeout=_TIMEOUT, context=context)
    if wanted.smtp_tls == "none" and os.environ.get(USER) and not _loopback(wanted.smtp_host):
        raise ValueError("a password needs tls")
    server = smtplib.SMTP(wanted.smtp_host, wanted.smtp_port, timeout=_TIMEOUT)
    if wanted.smtp_tls == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
