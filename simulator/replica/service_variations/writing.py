"""Changes of the way in which a service takes an update in, to make variations of."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import JSON
from simulator.replica.document import Document, Section, Updated, updated
from simulator.replica.merge import Object
from simulator.replica.requests import Limits, UpdateRequest

Update = Callable[[Document, UpdateRequest, float, Limits], Updated]
State = Object | None


def taking(change: Callable[[State], State]) -> Update:
    """Another state than the request has is written; what is told is that of the request."""

    def update(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
        return updated(old, replace(request, state=change(request.state)), now, limits)

    return update


def ending_in(change: Callable[[Document, State], Document]) -> Update:
    """The document is changed once more after each update."""

    def update(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
        after = updated(old, request, now, limits)
        return replace(after, document=change(after.document, request.state))

    return update


def without_fields(section: str, *names: str) -> Callable[[State], State]:
    """A state of which these fields of a section are left out."""

    def change(state: State) -> State:
        part = (state or {}).get(section)
        if state is None or not isinstance(part, dict):
            return state
        return {**state, section: {name: value for name, value in part.items() if name not in names}}

    return change


def with_section(document: Document, name: str, state: Object) -> Document:
    """The document with another state in one section; the metadata stays."""
    section = document.desired if name == "desired" else document.reported
    other = Section(state, section.metadata if section else {})
    return replace(document, desired=other) if name == "desired" else replace(document, reported=other)


def each_value(value: JSON, change: Callable[[JSON], JSON]) -> JSON:
    """The value with every scalar in it changed."""
    if isinstance(value, dict):
        return {name: each_value(inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [each_value(item, change) for item in value]
    return change(value)


def without_nulls(value: JSON) -> JSON:
    """An object without the fields that are null, at any depth; arrays without such items."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value if item is not None]
    return value
