"""Posting JSON to a chat's webhook: https, no redirects, and never to this machine unless that was asked for."""

import json
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from padctl.errors import DeliveryError, UsageError

_SECONDS = 10.0
_SECONDS_IN_ALL = 60.0
_SUCCESS, _REDIRECT, _FAULT = 200, 300, 400
_SHOWN = 200
_PORTS = {"https": 443, "http": 80}
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """An address that may be posted to; what comes after the host is a secret and shown nowhere."""

    scheme: str
    host: str
    port: int
    target: str
    loopback: bool

    @property
    def name(self) -> str:
        """What people are told of the address."""
        return f"{self.scheme}://{self.host}"

    @property
    def entities(self) -> bool:
        """Whether the chat takes `&lt;` for `<`: Slack does, and the others show it as it is."""
        return self.host.endswith((".slack.com", ".slack-gov.com"))

    def post(self, payloads: Sequence[Mapping[str, str]]) -> None:
        """Send payloads as JSON, one after the other.

        Raises:
            DeliveryError: one was not accepted, or it took too long; says why, and how many were sent.
            UsageError: the host turns out to be an address that is not posted to.
        """
        end = time.monotonic() + _SECONDS_IN_ALL
        for number, payload in enumerate(payloads):
            try:
                self._post(payload, min(_SECONDS, end - time.monotonic()))
            except DeliveryError as error:
                raise DeliveryError(f"{error.message}; {number} of {len(payloads)} posted", fix=error.fix) from None

    def _post(self, payload: Mapping[str, str], seconds: float) -> None:
        """Send one payload; a server that answers byte by byte, or a name that is not found, does not hold us up."""
        done = Future[None]()

        def run() -> None:
            try:
                self._exchange(json.dumps(payload).encode())
                done.set_result(None)
            except BaseException as error:  # it is raised where the result is waited for
                done.set_exception(error)

        Thread(target=run, daemon=True).start()
        try:
            done.result(max(seconds, 0))
        except TimeoutError:
            message = f"{self.name} did not come to an end in time"
            raise DeliveryError(message, fix="see the address and the network") from None

    def _exchange(self, body: bytes) -> None:
        try:
            connection = _Pinned(self, _addresses(self))
            try:
                headers = {"Content-Type": "application/json", "User-Agent": "padctl"}
                connection.request("POST", self.target, body=body, headers=headers)
                with connection.getresponse() as response:
                    _check(self, response)
            finally:
                connection.close()
        except (OSError, HTTPException, UnicodeError) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise DeliveryError(
                f"{self.name} cannot be reached: {why}", fix="see the address and the network"
            ) from None


def read_webhook(url: str, *, loopback: bool) -> Webhook:
    """Return the webhook of an address; `loopback` allows this machine's own addresses, and http to them.

    Raises:
        UsageError: it is no address to post to.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UsageError("--post: this is no address", fix="copy the webhook's address from the chat") from None
    problem = _problem(url, parts, loopback)
    if problem:
        raise UsageError(f"--post: {problem}", fix="give the webhook's https address")
    query = f"?{parts.query}" if parts.query else ""
    return Webhook(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port or _PORTS[parts.scheme],
        target=f"{parts.path or '/'}{query}",
        loopback=loopback,
    )


class _Pinned(HTTPConnection):
    """A connection to addresses that were checked: the name is not looked up a second time."""

    def __init__(self, webhook: Webhook, addresses: list[str]) -> None:
        super().__init__(webhook.host, webhook.port, timeout=_SECONDS)
        self._webhook = webhook
        self._addresses = addresses

    def connect(self) -> None:
        """Connect to the first address that answers."""
        for last, address in enumerate(self._addresses, start=1 - len(self._addresses)):
            try:
                plain = socket.create_connection((address, self._webhook.port), timeout=_SECONDS)
                break
            except OSError:
                if last == 0:
                    raise
        secure = self._webhook.scheme == "https"
        host = self._webhook.host
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain


def _problem(url: str, parts: SplitResult, loopback: bool) -> str:
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "the address holds characters that no address has"
    if parts.scheme not in _PORTS or not parts.hostname:
        return "the address does not start with https://"
    if parts.username is not None or parts.password is not None:
        return "the address holds a user name"
    if parts.scheme == "http" and not loopback:
        return "http is not encrypted"
    return ""


def _addresses(webhook: Webhook) -> list[str]:
    """Return the addresses of the host, every one of them checked: a name may mean this machine under any spelling."""
    found = socket.getaddrinfo(webhook.host, webhook.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for text in addresses:
        address = _meant(ip_address(text.partition("%")[0]))
        here = address.is_loopback or address.is_unspecified
        if here and not webhook.loopback:
            raise UsageError(f"--post: {webhook.host} is this machine", fix="--allow-loopback lets you try it out")
        if not here and webhook.scheme == "http":
            raise UsageError("--post: http is for this machine only", fix="give the webhook's https address")
        if address.is_link_local or address.is_multicast:
            raise UsageError(f"--post: {webhook.host} is no server's address", fix="give the webhook's https address")
    return addresses


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one wraps, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    translated = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or translated or address


def _check(webhook: Webhook, response: HTTPResponse) -> None:
    if _SUCCESS <= response.status < _REDIRECT:
        return
    if _REDIRECT <= response.status < _FAULT:
        message = f"{webhook.name} sends on to another address, which is not followed"
        raise DeliveryError(message, fix="give the address where the webhook really is")
    said = " ".join(response.read(_SHOWN).decode(errors="replace").split())
    raise DeliveryError(
        f"{webhook.name} answered {response.status} {response.reason}: {said}",
        fix="see that the webhook is still there",
    )
