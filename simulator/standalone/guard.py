"""Keeps strangers from the controls: other sites in the operator's browser, rebound names, and who lacks the token."""

import hmac
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from harness.mqtt.host import ip_of
from simulator.standalone.address import Address

_OPEN = ("/",)  # the page itself holds no secret; what it shows it must ask for


def guard(address: Address, token: str | None) -> Middleware:
    """A check of every request; a refusal is answered as JSON."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _check(request, address, token)
            return await handler(request)
        except web.HTTPException as error:
            headers = {name: error.headers[name] for name in _KEPT if name in error.headers}
            return web.json_response({"error": error.text or error.reason}, status=error.status, headers=headers)

    return guarded


_KEPT = (hdrs.ALLOW, hdrs.WWW_AUTHENTICATE)


def check_site(request: web.Request, address: Address) -> None:
    """Raises HTTPForbidden, HTTPBadRequest.

    A page of another site can send requests here, but neither hide its Origin nor make up an address for us.
    """
    if not _is_ours(request.headers.get(hdrs.HOST, ""), address):
        raise web.HTTPForbidden(text="this name does not belong here; use the address that was printed")
    origin = request.headers.get(hdrs.ORIGIN)
    is_elsewhere = origin is not None and _site_of(origin) != request.headers[hdrs.HOST]
    if is_elsewhere and request.method != hdrs.METH_GET:
        raise web.HTTPForbidden(text="a page of another site must not change anything here")


def bearer_token(request: web.Request) -> str | None:
    """The token that a request brings; None: none. Raises HTTPBadRequest."""
    authorization = request.headers.get(hdrs.AUTHORIZATION, "")
    if not authorization.isascii():  # a token may have any characters; what comes in a header has none that is not
        raise web.HTTPBadRequest(text="the Authorization is no ASCII")
    scheme, _, word = authorization.partition(" ")
    return word.strip() if scheme.lower() == "bearer" else None


def _check(request: web.Request, address: Address, token: str | None) -> None:
    check_site(request, address)
    if (
        token
        and request.path not in _OPEN
        and not hmac.compare_digest((bearer_token(request) or "").encode(), token.encode())
    ):
        text = "the token is missing or wrong; send it as Authorization: Bearer TOKEN"
        raise web.HTTPUnauthorized(text=text, headers={hdrs.WWW_AUTHENTICATE: "Bearer"})


def _is_ours(host: str, address: Address) -> bool:
    """A rebound name is a name: an address is always ours, and so is the name that we listen on."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    ip = ip_of(name)
    if ip:
        return ip.is_loopback or not address.is_loopback
    return name in ("localhost", address.host)


def _site_of(origin: str) -> str | None:
    """None: the browser does not tell it. Raises HTTPBadRequest."""
    if origin == "null":
        return None
    try:
        site = urlsplit(origin).netloc if origin.isascii() else ""
    except ValueError:
        site = ""
    if not site:
        raise web.HTTPBadRequest(text="the Origin is no URL")
    return site
