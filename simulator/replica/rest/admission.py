"""The clients that REST lets in, and how it refuses others: in JSON, as every refusal of the service."""

from collections.abc import Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from harness.payload.values import JSON
from simulator.replica.access import Access
from simulator.standalone.address import Address
from simulator.standalone.guard import bearer_token, check_site

DESCRIPTION = "/openapi.json"  # open to whoever reaches it: it says what this service is, and nothing of a device
_KEPT = (hdrs.ALLOW, hdrs.WWW_AUTHENTICATE)


def admission(address: Address, access: Access) -> Middleware:
    """A check of every request: its Host and Origin, and its token where tokens are asked for."""

    @web.middleware
    async def admitted(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            check_site(request, address)
            if access.has_tokens and request.path != DESCRIPTION:
                _check_token(request, access)
            return await handler(request)
        except web.HTTPException as error:
            headers = {str(name): error.headers[name] for name in _KEPT if name in error.headers}
            return refusal(error.status, error.text or error.reason, headers)

    return admitted


def refusal(code: int, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A refusal that no replica was asked about."""
    body: JSON = {"code": code, "message": message}
    return web.json_response(body, status=code, headers=headers)


def _check_token(request: web.Request, access: Access) -> None:
    token = bearer_token(request)
    client = None if token is None else access.bearer(token)
    if client is None:
        raise web.HTTPUnauthorized(text="Unauthorized", headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
    device = request.match_info.get("device")
    if device is not None and not client.may(device):
        raise web.HTTPForbidden(text="Forbidden")
