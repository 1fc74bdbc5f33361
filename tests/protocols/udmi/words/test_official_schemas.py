"""Our schemas and UDMI's are of one mind: on every example of UDMI's, and on each of them with one field altered."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.protocols.udmi.words.schemas import MessageKind, problems
from harness.protocols.udmi.words.spec import Spec
from tests.protocols.udmi.words.official import (
    allows,
    checkout,
    examples,
    is_upgraded,
    places_without_type,
    without_comments,
)

pytestmark = pytest.mark.skipif(
    checkout() is None, reason="UDMI's schemas are not at hand; SETPOINT_UDMI may name a checkout of UDMI"
)

EXAMPLES = [(kind, name, message) for kind in MessageKind for name, message in examples(kind)] if checkout() else []
each_example = pytest.mark.parametrize(
    ("kind", "name", "message"), EXAMPLES, ids=[f"{kind}-{name}" for kind, name, _ in EXAMPLES]
)

# Examples of an older form. UDMI's validator brings them up to date before it looks; a schema alone refuses them.
UPGRADED = {
    (MessageKind.STATE, "upgrade_gateway_devices"): "gateway.devices has become statuses of its own",
    (MessageKind.METADATA, "bacmodel"): "cloud.connection_type has become cloud.resource_type",
    (MessageKind.METADATA, "discovery_metadata"): "cloud.connection_type has become cloud.resource_type",
    (MessageKind.METADATA, "upgrade_root_tags"): "tags have moved into the system block",
}

# In UDMI's schemas these forget to say that what has named parts is an object; ours say so, and so they refuse
# "points": 5. In the comparison UDMI's are helped out.
FORGETFUL = {
    "config_pointset.json/properties/points",
    "config_system.json/properties/operation",
    "events_pointset.json/properties/points",
    "model_pointset.json/properties/points",
    "state_pointset.json/properties/points",
}

NUMBERS = (0, 3, -1, 99, 801, 86401, 0.5)
TEXTS = ("", "x", "X" * 40, "Bad Name", "applied", "system.config", "device.filter", "AHU-1")
TIMES = ("2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01")
ODD: st.SearchStrategy[Any] = st.sampled_from([None, True, *NUMBERS, *TEXTS, *TIMES, [], [1], {}, {"odd": {}}])


def ours(kind: MessageKind, message: Any) -> bool:  # noqa: ANN401 - whatever it is
    """Whether our schema has nothing against it."""
    return not problems(kind, Spec.UDMI_1_5, message)


@each_example
def test_example_is_judged_alike(kind: MessageKind, name: str, message: object) -> None:
    assert ours(kind, message) == allows(kind, message), name


def test_what_passes_only_after_an_upgrade_is_known() -> None:
    upgraded = {
        (kind, name) for kind, name, message in EXAMPLES if is_upgraded(kind, name) and not allows(kind, message)
    }

    assert upgraded == set(UPGRADED)


def test_what_schemas_forget_to_say_is_known() -> None:
    assert places_without_type() >= FORGETFUL


@st.composite
def alterations(draw: st.DrawFn) -> tuple[MessageKind, Any]:
    """An example with something else in one place: another content, a field more, a field less, a field misnamed."""
    kind, _, example = draw(st.sampled_from([entry for entry in EXAMPLES if entry[2]]))
    message = deepcopy(example)
    block, name = draw(st.sampled_from(list(_places(message))))
    match draw(st.sampled_from(["hold", "hold", "lack", "add", "misname"])):
        case "hold":
            block[name] = draw(ODD)
        case "lack":
            del block[name]
        case "add" if isinstance(block, dict):
            block[draw(st.sampled_from(["unknown", "Bad-Name", "status", "timestamp"]))] = draw(ODD)
        case "misname" if isinstance(block, dict):
            block[draw(st.sampled_from(["Bad Name", "_odd", "a__b", "x1"]))] = block.pop(name)
    return kind, message


@given(altered=st.deferred(alterations))
@settings(derandomize=True, deadline=None, database=None, max_examples=1000)
def test_example_with_one_field_altered_is_judged_alike(altered: tuple[MessageKind, Any]) -> None:
    kind, message = altered

    assert ours(kind, message) == allows(kind, message), [str(p) for p in problems(kind, Spec.UDMI_1_5, message)]


def test_slashes_in_a_string_are_no_comment() -> None:
    assert without_comments('{"url": "http://x"} // a comment\n') == '{"url": "http://x"} \n'


def _places(message: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - whatever it is
    """Every field and every item, with the block in which it stands."""
    if isinstance(message, dict | list):
        for name in message if isinstance(message, dict) else range(len(message)):
            yield message, name
            yield from _places(message[name])
