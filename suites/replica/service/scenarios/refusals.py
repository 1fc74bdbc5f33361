"""Requests that cannot be: a service refuses each, says why, and nothing changes."""

from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.replica.suite import Component, Object, ServiceProfile, scenario, spelt

SECTIONS = ("desired", "reported")


@dataclass(frozen=True)
class WrongUpdate:
    """A payload that is no update. `codes`: with which it may be refused."""

    name: str
    payload: bytes
    codes: tuple[int, ...] = (400,)


def _state(state: JSON, **more: JSON) -> bytes:
    return spelt({"state": state, **more})


NO_JSON = (
    WrongUpdate("cut off", b'{"state":{"reported":{"lamp":'),
    WrongUpdate("nothing at all", b""),
    WrongUpdate("something behind it", b'{"state":{"reported":{"lamp":"bad"}}}]'),
    WrongUpdate("a number that is none", b'{"state":{"reported":{"lamp":NaN}}}'),
    WrongUpdate("UTF-16", '{"state":{"reported":{"lamp":"bad"}}}'.encode("utf-16"), (400, 415)),
    WrongUpdate("half of a letter", b'{"state":{"reported":{"lamp":"\xc3"}}}', (400, 415)),
)
NO_STATE = (WrongUpdate("an empty object", b"{}"), WrongUpdate("a version alone", b'{"version":1}'))
_NONE_OF_THEM: tuple[JSON, ...] = (1, "x", [], True)
NO_OBJECTS = tuple(
    WrongUpdate(f"{place} is {spelt(value).decode()}", _state({place: value} if place in SECTIONS else value))
    for value in _NONE_OF_THEM
    for place in ("state", *SECTIONS)
)
UNKNOWN_SECTIONS = (
    WrongUpdate("another section", _state({"lamp": 1})),
    WrongUpdate("another section beside", _state({"reported": {"lamp": "bad"}, "wanted": {"lamp": 1}})),
)
NULL_IN_ARRAYS = (
    WrongUpdate("null in an array", _state({"reported": {"list": [1, None]}})),
    WrongUpdate("null deep in an array", _state({"reported": {"list": [{"a": [None]}]}})),
)
NO_VERSIONS = tuple(
    WrongUpdate(f"version {spelt(version).decode()}", _state({"reported": {"lamp": "bad"}}, version=version))
    for version in ("1", 1.5, -1, True)
)
WRONG = (*NO_JSON, *NO_STATE, *NO_OBJECTS, *UNKNOWN_SECTIONS, *NULL_IN_ARRAYS, *NO_VERSIONS)
WRONG_TOKENS = ("a number for a token", "a token that is too long", "a token of too many bytes")


@scenario()
async def wrong_updates(app: Component) -> None:
    """One after the other, between two looks at a document that none of them may change."""
    await app.update({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, "a good update")
    await app.get("before the wrong updates")
    for wrong in WRONG:
        await app.try_wrong(wrong.payload, wrong.name)
    await app.wait_for_late()
    await app.get("after the wrong updates")


@scenario()
async def token_lengths(app: Component, profile: ServiceProfile) -> None:
    """Tokens that are just short enough, too long, or no text."""
    most = profile.token
    longest = "é" * (most // 2) + "x" * (most % 2)
    state: Object = {"reported": {"lamp": "on"}}
    await app.update(state, "the longest token", clientToken="t" * most)
    await app.update(state, "the longest token in bytes", clientToken=longest)
    await app.try_wrong(_state(state, clientToken="t" * (most + 1)), "a token that is too long")
    await app.try_wrong(_state(state, clientToken=longest + "é"), "a token of too many bytes")
    await app.try_wrong(_state(state, clientToken=7), "a number for a token")
    await app.wait_for_late()


@scenario()
async def sizes(app: Component, profile: ServiceProfile) -> None:
    """A document that grows to its largest size, and a small update that would make it one byte larger."""
    half: Object = {"first": "f" * (profile.size // 2)}
    room = profile.size - len(spelt({**half, "second": ""}))
    await app.update({"reported": half}, "half of it")
    await app.update({"reported": {"second": "s" * room}}, "the largest")
    await app.get("the largest, read back")
    await app.update({"reported": {"second": "s" * (room + 1)}}, "one byte too large")
    await app.get("after one byte too large")


@scenario()
async def depths(app: Component, profile: ServiceProfile) -> None:
    """Objects in objects, as deep as may be and one level deeper."""
    await app.update({"reported": _nested(profile.depth)}, "the deepest")
    await app.get("the deepest, read back")
    await app.update({"reported": {"deeper": _nested(profile.depth)}}, "one level too deep")
    await app.get("after one level too deep")


def _nested(levels: int) -> JSON:
    content: JSON = 1
    for _ in range(levels):
        content = {"in": content}
    return content
