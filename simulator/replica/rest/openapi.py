"""The service's HTTP side in OpenAPI 3.1, as it is served: a description of one scheme, and of its limits. Pure."""

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import Scheme
from simulator.replica.merge import Object
from simulator.replica.requests import Limits

NAME_PATTERN = "^[a-zA-Z0-9:_-]{0,64}$"
DEVICE_PATTERN = "^[^/\\u0000-\\u001f\\u007f+#]{1,128}$"
THING_PATTERN = "^[a-zA-Z0-9:_-]{1,128}$"
MOST_LISTED = 100
_REFUSALS = {
    400: "The request is none, or asks for what cannot be",
    404: "There is no such replica",
    409: "The document has another version",
    413: "The document, or the request, would be too large",
    415: "The body is no UTF-8",
    429: "Too many requests wait, or there are too many replicas",
    500: "The document could not be stored; nothing has changed",
}
_DENIALS = {401: "The token is missing or unknown", 403: "The token is for other devices"}


def description(scheme: Scheme, limits: Limits, *, has_tokens: bool) -> Object:
    """The whole document."""
    content: Object = {
        "openapi": "3.1.0",
        "info": {
            "title": "Device state replica",
            "version": "1",
            "description": "What is desired of devices, what they report, and the difference.",
        },
        "paths": _seed(has_tokens) if scheme is Scheme.SEED else _aws(has_tokens),
        "components": {"schemas": _schemas(limits)},
    }
    if has_tokens:
        content["components"] = {
            "schemas": _schemas(limits),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        }
        content["security"] = [{"token": []}]
    return content


def _seed(has_tokens: bool) -> Object:  # noqa: FBT001 - of this module alone
    got = _operation("getState", "The document of a device", "Document", (400, 404, 429, 500), has_tokens)
    return {"/state/{device}/get": {"parameters": [_path("device", DEVICE_PATTERN)], "get": got}}


def _aws(has_tokens: bool) -> Object:  # noqa: FBT001 - of this module alone
    codes = (400, 404, 429, 500)
    updated = _operation(
        "updateThingShadow",
        "Change what is desired or reported",
        "Accepted",
        (400, 409, 413, 415, 429, 500),
        has_tokens,
    )
    body: Object = {"required": True, "content": {"application/json": {"schema": _ref("Update")}}}
    listed = _operation("listNamedShadowsForThing", "The names of a device's replicas", "Names", codes, has_tokens)
    query: list[JSON] = [
        _query("pageSize", {"type": "integer", "minimum": 1, "maximum": MOST_LISTED}),
        _query("nextToken", {"type": "string", "pattern": NAME_PATTERN}),
    ]
    return {
        "/things/{device}/shadow": {
            "parameters": [
                _path("device", THING_PATTERN),
                _query("name", {"type": "string", "pattern": NAME_PATTERN}),
            ],
            "get": _operation("getThingShadow", "The document", "Document", codes, has_tokens),
            "post": {**updated, "requestBody": body},
            "delete": _operation("deleteThingShadow", "Remove the document", "Deleted", codes, has_tokens),
        },
        "/api/things/shadow/ListNamedShadowsForThing/{device}": {
            "parameters": [_path("device", THING_PATTERN)],
            "get": {**listed, "parameters": query},
        },
    }


def _operation(
    name: str,
    summary: str,
    schema: str,
    codes: tuple[int, ...],
    has_tokens: bool,  # noqa: FBT001 - of this module alone
) -> Object:
    answers: Object = {"200": _answer("As asked", schema)}
    told = {**{code: _REFUSALS[code] for code in codes}, **(_DENIALS if has_tokens else {})}
    answers |= {str(code): _answer(words, "Rejected") for code, words in sorted(told.items())}
    return {"operationId": name, "summary": summary, "responses": answers}


def _answer(words: str, schema: str) -> Object:
    return {"description": words, "content": {"application/json": {"schema": _ref(schema)}}}


def _path(name: str, pattern: str) -> Object:
    schema: Object = {"type": "string", "pattern": pattern}
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": "lamp"}


def _query(name: str, schema: Object) -> Object:
    return {"name": name, "in": "query", "schema": schema}


def _ref(name: str) -> Object:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(limits: Limits) -> Object:
    time: Object = {"type": "integer", "minimum": 0, "description": "Seconds since 1970"}
    version: Object = {"type": "integer", "minimum": 0}
    token: Object = {"type": "string", "maxLength": limits.token, "description": f"At most {limits.token} bytes"}
    tail: Object = {"timestamp": time, "clientToken": token}
    section: Object = {"type": "object"}
    sections: Object = {"desired": section, "reported": section}
    wanted: Object = {"anyOf": [_ref("Level1"), {"type": "null"}]}
    return {
        "Document": _object(
            {"state": _object({**sections, "delta": section}), "metadata": section, "version": version, **tail},
            "state",
            "metadata",
            "version",
            "timestamp",
        ),
        "Update": {
            **_object(
                {
                    "state": {"anyOf": [_object({"desired": wanted, "reported": wanted}), {"type": "null"}]},
                    "version": {"anyOf": [version, {"type": "null"}]},
                    "clientToken": {"anyOf": [token, {"type": "null"}]},
                },
                "state",
            ),
            "additionalProperties": True,
            "description": f"Both sections have at most {limits.size} bytes after the merge, as compact JSON",
        },
        "Accepted": _object(
            {"state": {"type": ["object", "null"]}, "metadata": section, "version": version, **tail},
            "state",
            "metadata",
            "version",
            "timestamp",
        ),
        "Deleted": _object({"version": version, **tail}, "version", "timestamp"),
        "Names": _object(
            {
                "results": {"type": "array", "maxItems": MOST_LISTED, "items": {"type": "string"}},
                "nextToken": {"type": "string"},
                "timestamp": time,
            },
            "results",
            "timestamp",
        ),
        "Rejected": _object(
            {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "timestamp": time,
                "clientToken": {"type": "string"},
            },
            "code",
            "message",
        ),
        **_levels(limits.depth),
    }


def _levels(depth: int) -> Object:
    """An object of so many levels, as a chain: what no level allows is nested too deep."""
    scalar: list[JSON] = [{"type": ["string", "number", "boolean"]}]
    levels: Object = {}
    for level in range(1, depth + 1):
        deeper: list[JSON] = [] if level == depth else [_ref(f"Level{level + 1}"), _ref(f"Array{level + 1}")]
        values: list[JSON] = [*scalar, *deeper]
        levels[f"Level{level}"] = {"type": "object", "additionalProperties": {"anyOf": [*values, {"type": "null"}]}}
        if level > 1:
            levels[f"Array{level}"] = {"type": "array", "items": {"anyOf": [*scalar, *_in_array(level, depth)]}}
    for level in range(3, depth + 1):
        levels[f"Item{level}"] = {
            "type": "object",
            "additionalProperties": {"anyOf": [*scalar, *_in_array(level, depth)]},
            "description": "An object in an array, where null could remove nothing",
        }
    return levels


def _in_array(level: int, depth: int) -> list[JSON]:
    return [] if level == depth else [_ref(f"Item{level + 1}"), _ref(f"Array{level + 1}")]


def _object(properties: Object, *required: str) -> Object:
    content: Object = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**content, "required": list(required)} if required else content
