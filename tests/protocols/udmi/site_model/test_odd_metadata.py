"""Metadata with odd fields anywhere is read, or refused in one line; what is read makes a draft, device and config."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.protocols.udmi.drafting.sketching import sketch_of_declaration
from harness.protocols.udmi.driving.counterpart import Counterpart, Manner
from harness.protocols.udmi.site_model.declaring import declared
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.protocols.udmi.words.schemas import MessageKind, problems
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.declared.device_model import device_after
from tests.udmi_1_5 import CODEC

WHOLE: dict[str, Any] = {
    "timestamp": "2026-01-01T00:00:00Z",
    "version": "1.5.7",
    "system": {
        "hardware": {"make": "Acme", "model": "M-1"},
        "software": {"firmware": "2.0"},
        "serial_no": "S-1",
        "physical_tag": {"asset": {"guid": "uuid://1", "name": "AHU-1"}},
    },
    "localnet": {"families": {"bacnet": {"addr": "4711"}, "ipv4": {"addr": "192.0.2.7"}}},
    "gateway": {
        "gateway_id": "GAT-1",
        "target": {"family": "bacnet", "unitid": "1", "vendor_ref": True, "adjunct": {"a_b": "x"}},
    },
    "testing": {
        "targets": {
            "applied": {"target_point": "valve", "target_value": 30},
            "invalid": {"target_point": "valve", "target_value": "warm"},
            "scan_family": {"target_value": "vendor"},
        }
    },
    "pointset": {
        "points": {
            "valve": {"writable": True, "ref": "AV1", "units": "Percent", "baseline_value": 3, "range_min": 0},
            "fan": {"type": "boolean", "baseline_state": "failure", "baseline_tolerance": 1},
        }
    },
}


def _places(block: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in block.items():
        yield (*path, name)
        if isinstance(inner, dict):
            yield from _places(inner, (*path, name))


_TEXTS = ("", "x", "\x1b[2J", "A" * 500)
ODD: list[Any] = [None, True, 0, -1, 3.5, 10**400, *_TEXTS, [], [1], {}, {"a": 1}, {"Bad Name": {}}]
PLACES = list(_places(WHOLE))
ALTERATIONS = st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD), st.booleans())


def altered(changes: list[tuple[tuple[str, ...], Any, bool]]) -> dict[str, Any]:
    """The metadata with other values at these places; or with one more field beside each."""
    raw = deepcopy(WHOLE)
    for (*blocks, name), odd, beside in changes:
        block: Any = raw
        for step in blocks:
            block = block.get(step) if isinstance(block, dict) else None
        if isinstance(block, dict):
            block["odd_one" if beside else name] = deepcopy(odd)
    return raw


def read(file: Path) -> Metadata | str:
    """The metadata, or the reason why it is refused."""
    try:
        return Metadata.read(file, "AHU-1")
    except UsageError as refused:
        return str(refused)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ALTERATIONS, max_size=3))
def test_odd_metadata_is_read_or_refused_in_one_line(
    tmp_path: Path, changes: list[tuple[tuple[str, ...], Any, bool]]
) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(altered(changes)))
    metadata = read(file)
    if isinstance(metadata, str):
        assert metadata.isprintable()
        return

    declaration = declared(metadata)
    sketch_of_declaration(declaration, "/devices/{id}", "it").text(Path("acme.toml"))
    device_after(metadata)

    profile = declaration.profile
    config = CODEC.encode(Counterpart(profile.points, CODEC, profile.wiring).compose(1e9, Manner()))
    assert all(line.isprintable() for line in declaration.lines())
    assert problems(MessageKind.CONFIG, Spec.UDMI_1_5, json.loads(config)) == []


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_field_that_is_a_list_is_refused_with_its_place_or_not_read(tmp_path: Path, place: tuple[str, ...]) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(altered([(place, [1], False)])))

    told = read(file)

    if isinstance(told, str):
        assert f"{'.'.join(place)} is [1]; expected " in told
    else:
        assert told.objections or place[-1] in {"baseline_value", "target_value"}
