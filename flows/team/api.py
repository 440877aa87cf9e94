"""The little of Prefect's API that starts runs: three addresses over HTTP with the standard library, no prefect import.

Only ids go over it. The server is looked up at each call: a local one that was started anew is found by its state file.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.server import configured, local_server

_TIMEOUT = 10.0
_LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")


class Away(Exception):
    """The server does not answer, or not as it should. `code` says how, without an address."""

    def __init__(self, code: str) -> None:
        """A code such as URLError or 503."""
        self.code = code
        super().__init__(code)


class Missing(Away):
    """It answers, and what was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Api:
    """Where Prefect's API is and what lets us in."""

    url: str
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """A run: its id, and the type of its state ("SCHEDULED", "RUNNING", "COMPLETED", "FAILED", ...)."""

    id: str
    state: str

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def find_api() -> Api | None:
    """The configured server, or the local one of the data folder; None when there is neither. Does not ask it."""
    address = configured()
    if address:
        key, password = os.environ.get("PREFECT_API_KEY", ""), os.environ.get("PREFECT_API_AUTH_STRING", "")
        return Api(address.rstrip("/"), f"Bearer {key}" if key else _basic(password) if password else "")
    server = local_server()
    return Api(server.url, _basic(server.password)) if server is not None else None


def healthy(api: Api) -> bool:
    """Whether it answers and lets us in."""
    try:
        _call(api, "GET", "/version", None)
    except Away:
        return False
    return True


def deployment_id(api: Api, flow: str, name: str) -> str:
    """The id of a deployment. Raises Missing when no worker has registered it yet, Away when nobody answers."""
    found = _call(api, "GET", f"/deployments/name/{flow}/{name}", None)
    return str(found["id"])


def paused(api: Api, flow: str, name: str) -> bool:
    """Whether a deployment is paused. Raises Missing when it is not there, Away when nobody answers."""
    return bool(_call(api, "GET", f"/deployments/name/{flow}/{name}", None).get("paused"))


def planned_after(api: Api, deployment: str, at: datetime) -> bool:
    """Whether a run of a deployment is planned for later than a moment. Raises Away when nobody answers."""
    wanted = {"deployments": {"id": {"any_": [deployment]}}, "limit": 1, "flow_runs": {
        "state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"after_": at.isoformat()}}}
    return bool(_asked(api, "POST", "/flow_runs/filter", wanted))


def start_run(api: Api, deployment: str, parameters: Mapping[str, str], key: str) -> Started:
    """Start a run, or give the one that was started with the same key. Raises Missing, Away."""
    made = _call(api, "POST", f"/deployments/{deployment}/create_flow_run",
                 {"parameters": dict(parameters), "idempotency_key": key, "state": {"type": "SCHEDULED"}})
    return Started(str(made["id"]), str(made.get("state_type") or ""))


def _call(api: Api, method: str, path: str, body: object) -> dict[str, object]:
    found = _asked(api, method, path, body)
    return found if isinstance(found, dict) else {}


def _asked(api: Api, method: str, path: str, body: object) -> object:
    if not api.url.startswith(("http://", "https://")):
        raise Away("BadAddress")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(api.url + path, data=data, method=method)  # noqa: S310 looked at above
    request.add_header("Content-Type", "application/json")
    if api.authorization:
        request.add_header("Authorization", api.authorization)
    # A proxy is never asked for this machine.
    proxies = urllib.request.ProxyHandler({}) if api.url.startswith(_LOOPBACK) else urllib.request.ProxyHandler()
    try:
        with urllib.request.build_opener(proxies).open(request, timeout=_TIMEOUT) as response:
            found: object = json.loads(response.read() or b"{}")
    except urllib.error.HTTPError as refused:
        refused.close()
        raise (Missing if refused.code == 404 else Away)(str(refused.code)) from None
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise Away(type(error).__name__) from None
    return found


def _basic(password: str) -> str:
    return "Basic " + base64.b64encode(password.encode()).decode()
