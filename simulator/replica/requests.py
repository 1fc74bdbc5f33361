"""Requests as they come: anything at all, read to an update, a get or a delete, or refused. Pure."""

import json
from dataclasses import dataclass
from typing import NoReturn

from harness.payload.values import JSON
from simulator.replica.merge import Object, has_null_in_array, is_deeper
from simulator.replica.rejection import Rejection

SECTIONS = ("desired", "reported")
NO_JSON = (400, "Invalid JSON")
TOO_LARGE = (413, "The payload exceeds the maximum size allowed")
NO_UTF_8 = (415, "Unsupported documented encoding; supported encoding is UTF-8")


@dataclass(frozen=True, slots=True)
class Limits:
    """`size`: bytes of both sections in JSON; `depth`: levels of a section; `token`: bytes of a client token.

    `payload`: bytes of a request; `device`: characters of an id; `replicas`: documents, deleted ones too.
    """

    size: int = 8192
    depth: int = 6
    token: int = 64
    payload: int = 128 * 1024
    device: int = 128
    replicas: int = 1_000_000


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """`state`: a patch or null for each section that is named; None: all is to go. `version`: that of the document."""

    state: Object | None
    version: int | None = None


def body_of(payload: bytes, no_utf_8: tuple[int, str] = NO_JSON) -> JSON:
    """The JSON of a payload. Raises Rejection where it is none; `no_utf_8`: with what, where it is no text either."""
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        raise Rejection(*no_utf_8) from None
    try:
        body: JSON = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if "\\u" in text:
            json.dumps(body, ensure_ascii=False).encode()  # half of a surrogate pair is no character
    except RecursionError:
        raise Rejection(400, "JSON contains too many levels of nesting") from None
    except ValueError:
        raise Rejection(*NO_JSON) from None
    return body


def token_of(body: JSON) -> str | None:
    """The client token of a request, by which its answers are known; None where there is none that is a string."""
    token = body.get("clientToken") if isinstance(body, dict) else None
    return token if isinstance(token, str) else None


def update_of(body: JSON, limits: Limits) -> UpdateRequest:
    """The update that a body asks for. Raises Rejection, code 400."""
    if not isinstance(body, dict):
        raise Rejection(*NO_JSON)
    if "state" not in body:
        raise Rejection(400, "Missing required node: state")
    state = body["state"]
    if state is not None and not isinstance(state, dict):
        raise Rejection(400, "State node must be an object")
    check_token(body, limits)
    return UpdateRequest(None if state is None else _sections(state, limits), _version(body.get("version")))


def check_token(body: Object, limits: Limits) -> None:
    """Raises Rejection, code 400, where the client token is no string, or too long."""
    token = body.get("clientToken")
    if token is not None and (not isinstance(token, str) or len(token.encode()) > limits.token):
        raise Rejection(400, "Invalid clientToken")


def _version(version: JSON) -> int | None:
    """The version of a request. 1.0 is one number with 1; true is none."""
    if isinstance(version, float) and version.is_integer():
        version = int(version)
    if version is not None and (type(version) is not int or version < 0):
        raise Rejection(400, "Invalid version")
    return version


def _sections(state: Object, limits: Limits) -> Object:
    sections: Object = {}
    for name, value in state.items():
        if name == "delta":
            continue  # clients that send back what they got mean nothing by it
        if name not in SECTIONS:
            raise Rejection(400, "State contains an invalid node")
        if value is not None and not isinstance(value, dict):
            raise Rejection(400, f"{name.title()} node must be an object")
        if is_deeper(value, limits.depth):
            raise Rejection(400, f"JSON contains too many levels of nesting; maximum is {limits.depth}")
        if has_null_in_array(value):
            raise Rejection(400, "State contains an invalid node")
        sections[name] = value
    return sections


def _refuse(literal: str) -> NoReturn:
    raise ValueError(literal)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return number
