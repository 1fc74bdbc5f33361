"""Services whose deltas are otherwise than they must be, and some that merge otherwise."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import JSON
from simulator.replica.document import Document
from simulator.replica.merge import Object
from simulator.replica.service import Message, Reply
from simulator.replica.service_variations.telling import all_of, state_of, without
from simulator.replica.service_variations.variation import deviation, other_side
from simulator.replica.service_variations.writing import (
    State,
    ending_in,
    taking,
    with_section,
    without_nulls,
)


def _sections(document: Document) -> tuple[Object, Object]:
    return (
        document.desired.state if document.desired else {},
        document.reported.state if document.reported else {},
    )


def _as_well(document: Document) -> Object:
    """Fields that are alike are told as well."""
    return document.delta and _sections(document)[0]


def _alike_too(document: Document) -> Object:
    """All that is desired is told, if nothing differs."""
    return document.delta or _sections(document)[0]


def _a_light_for_ever(document: Document) -> Object:
    desired, reported = _sections(document)
    return {"light": "on"} if desired == reported == {"light": "on"} else document.delta


def _with_uptime(document: Document) -> Object:
    _, reported = _sections(document)
    return {**document.delta, **({"uptime": reported["uptime"]} if "uptime" in reported else {})}


def _no_lamp_beside_a_fan(document: Document) -> Object:
    """Once alike is alike for ever."""
    desired, reported = _sections(document)
    is_it = desired == {"lamp": "on", "fan": 1} and reported == {"fan": 1}
    return {} if is_it else document.delta


def _arrays_by_length(document: Document) -> Object:
    _, reported = _sections(document)

    def differs(name: str, wanted: JSON) -> bool:
        there = reported.get(name)
        return not (isinstance(wanted, list) and isinstance(there, list) and len(wanted) == len(there))

    return {name: wanted for name, wanted in document.delta.items() if differs(name, wanted)}


def _of_both_sections(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    state = reply.body.get("state")
    has_both = isinstance(state, dict) and {"desired", "reported"} <= state.keys() and not reply.body.get("clientToken")
    return without("/delta")(reply, messages) if has_both else messages


def _answer_first(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    return (*messages[-1:], *messages[:-1])


def _written(section: str, patch: Object, state: Object) -> Callable[[Document, State], Document]:
    """The section has that state after that patch."""

    def change(document: Document, asked: State) -> Document:
        is_it = (asked or {}).get(section) == patch
        return with_section(document, section, state) if is_it else document

    return change


def _nulls_ignored(state: State) -> State:
    if state is None or not isinstance(state.get("desired"), dict):
        return state
    kept = without_nulls(state)
    return kept if isinstance(kept, dict) else state


DELTAS = (
    deviation(
        "tells-no-delta-of-a-light",
        breaks="delta.follows-a-desired-change",
        says=without("/delta", having=lambda told: told["state"] == {"light": "on"}),
    ),
    deviation("tells-of-a-light-for-ever", breaks="delta.ends-with-the-difference", delta=_a_light_for_ever),
    deviation(
        "tells-components-nothing",
        breaks="delta.tells-components",
        says=all_of(
            without("/delta", having=lambda told: "temperature" in told.get("reported", {})),
            without("update/accepted", having=lambda told: state_of(told, "reported") == {"temperature": 21}),
            without("/documents", having=lambda told: state_of(told["current"], "reported", "temperature") is not None),
        ),
    ),
    deviation(
        "tells-what-is-alike-as-well",
        breaks="delta.is-the-difference",
        implies=("delta.has-what-is-no-longer-reported",),
        delta=_as_well,
    ),
    deviation(
        "tells-a-delta-of-nothing",
        breaks="delta.is-the-difference",
        implies=("delta.arrays-are-whole", "delta.ends-with-the-difference", "delta.leaves-out-what-is-only-reported"),
        delta=_alike_too,
    ),
    deviation(
        "tells-no-delta-of-both-sections",
        breaks="delta.is-the-difference",
        implies=("delta.arrays-are-whole", "delta.leaves-out-what-is-only-reported"),
        says=_of_both_sections,
    ),
    deviation("tells-what-is-only-reported", breaks="delta.leaves-out-what-is-only-reported", delta=_with_uptime),
    deviation("once-alike-is-alike", breaks="delta.has-what-is-no-longer-reported", delta=_no_lamp_beside_a_fan),
    deviation("compares-arrays-by-length", breaks="delta.arrays-are-whole", delta=_arrays_by_length),
    deviation(
        "merges-arrays",
        breaks="delta.arrays-are-whole",
        update=ending_in(_written("reported", {"list": [9]}, {"list": [9, 2, 3], "lamp": "on"})),
    ),
    deviation("tells-at-qos-0", breaks="delta.waits-in-a-session", publishes_at=0),
    other_side(
        "retains-deltas", shows="delta.comes-with-subscribing", retains=lambda one: one.topic.endswith("/delta")
    ),
    deviation("accepts-before-the-delta", breaks="delta.comes-before-accepted", says=_answer_first),
    deviation(
        "replaces-objects",
        breaks="merge.leaves-the-rest",
        update=ending_in(_written("desired", {"fan": {"speed": 5}}, {"fan": {"speed": 5}, "lamp": "on"})),
    ),
    deviation(
        "replaces-sections",
        breaks="merge.leaves-the-rest",
        update=ending_in(_written("desired", {"lamp": "off"}, {"lamp": "off"})),
    ),
    deviation("ignores-nulls", breaks="merge.null-removes", update=taking(_nulls_ignored)),
    deviation(
        "keeps-a-section-that-is-null",
        breaks="merge.null-empties",
        update=taking(lambda state: state and {name: part for name, part in state.items() if part is not None}),
    ),
    deviation(
        "keeps-all-that-is-null",
        breaks="merge.null-empties",
        update=taking(lambda state: {} if state is None else state),
    ),
    deviation(
        "deletes-what-is-emptied",
        breaks="merge.null-empties",
        update=ending_in(lambda document, state: replace(document, exists=False) if state is None else document),
    ),
)


def version_after(step: int, patch: Object) -> Callable[[Document, State], Document]:
    """So many versions more after an update with that state."""
    return lambda document, state: replace(document, version=document.version + step) if state == patch else document
