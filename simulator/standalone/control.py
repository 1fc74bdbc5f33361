"""The HTTP control of machines: a guarded server, and what handlers need to read requests and to answer them."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NoReturn, TypeVar

from aiohttp import web

from harness.errors import UsageError
from harness.payload.fields import read_object
from harness.payload.values import PayloadProblem, Value
from harness.suggest import hinted
from harness.web_server import served
from simulator.standalone.address import Address
from simulator.standalone.guard import guard

_LARGEST_BODY = 16 * 1024  # bytes
T = TypeVar("T")


@asynccontextmanager
async def control(routes: Iterable[web.RouteDef], address: Address, token: str | None) -> AsyncIterator[str]:
    """Serve the routes as long as the block lasts; yields the URL. Raises UsageError where it cannot listen."""
    app = web.Application(middlewares=[guard(address, token)], client_max_size=_LARGEST_BODY)
    app.add_routes(routes)
    async with AsyncExitStack() as stack:
        try:
            port = await stack.enter_async_context(served(app, address.host, address.port))
        except OSError as error:
            raise UsageError(f"--control {address}: cannot listen there: {error.strerror or error}") from error
        yield f"http://{Address(address.host, port)}/"


class Body:
    """The JSON object of a request, field by field. A field that is missing or ill-typed makes a 400."""

    def __init__(self, payload: bytes) -> None:
        self._problems: list[PayloadProblem] = []
        self._fields = read_object(payload, self._problems)

    @classmethod
    async def of(cls, request: web.Request) -> "Body":
        """The body of this request."""
        return cls(await request.read())

    def text(self, name: str) -> str:
        """The text in that field."""
        text = self._fields.text(name)
        return text if isinstance(text, str) else self._refuse(name)

    def number(self, name: str) -> float:
        """The number in that field."""
        number = self._fields.number(name)
        return number if isinstance(number, int | float) else self._refuse(name)

    def value(self, name: str) -> Value:
        """The text, number or boolean in that field."""
        value = self._fields.value(name)
        return value if isinstance(value, bool | int | float | str) else self._refuse(name)

    def _refuse(self, name: str) -> NoReturn:
        lack = f'the body lacks the field {name!r}; expected {{"{name}": …}}'
        raise web.HTTPBadRequest(text=str(self._problems[0]) if self._problems else lack)


def known(kind: str, name: str, among: Mapping[str, T]) -> T:
    """The one of that name. Raises a 404 with the nearest known name."""
    if name not in among:
        raise unknown(kind, name, among)
    return among[name]


def unknown(kind: str, name: str, among: Collection[str]) -> web.HTTPNotFound:
    """A 404 with the nearest known name."""
    such = f"there are {len(among)}, such as {next(iter(among))!r}"
    sentence = f"unknown {kind} {name[:100]!r}"
    return web.HTTPNotFound(text=hinted(sentence, name, among, otherwise=such, near=0.4))


def json_answer(content: object) -> web.Response:
    """The content as JSON, which no cache keeps."""
    return web.json_response(content, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
