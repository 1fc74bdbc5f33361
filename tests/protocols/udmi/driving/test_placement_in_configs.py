"""The place of a device in the site, as configs say it: refs, localnet and the gateway's target."""

import json

import pytest

from harness.payload.values import JSON
from harness.protocols.udmi.driving.counterpart import Counterpart, Manner
from harness.protocols.udmi.driving.sampling_request import Listed, SamplingRequest
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import (
    Config,
    PointsetConfig,
)
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.protocols.udmi.words.spec import Spec
from tests.udmi_1_5 import CODEC

NOW = 1_767_225_600.25
GOOD = Manner()
DAMPER = Setting("damper", 30.0, "write")
FREED = Setting("damper", None, "release")
WIRED = SitePlacement({"damper": "AV1"}, {"families": {"ipv4": {}}}, {"target": {"family": "bacnet", "addr": "4711"}})


def pointset(config: Config) -> PointsetConfig:
    """The part that every config has."""
    assert config.pointset is not None
    return config.pointset


@pytest.mark.parametrize(
    ("points", "listed"),
    [
        (Listed.ALL, {"damper": {"ref": "AV1"}, "valve": {}}),
        (("damper",), {"damper": {"ref": "AV1"}}),
        (("valve",), {"valve": {}}),
        (Listed.NONE, None),
    ],
)
def test_every_config_that_lists_a_point_has_its_ref(
    points: Listed | tuple[str, ...], listed: dict[str, JSON] | None
) -> None:
    counterpart = Counterpart(["damper", "valve"], CODEC, WIRED)
    counterpart.reporting = SamplingRequest(10, points=points)

    config = json.loads(CODEC.encode(counterpart.compose(NOW, GOOD)))

    assert config["pointset"].get("points") == listed
    assert (config["localnet"], config["gateway"]) == (WIRED.localnet, WIRED.gateway)


def test_ref_stays_beside_a_write_a_release_and_in_a_sketch() -> None:
    counterpart = Counterpart(["damper", "valve"], CODEC, WIRED)
    sketch = counterpart.sketch(NOW, [DAMPER], 30)
    counterpart.want([DAMPER])
    written = counterpart.compose(NOW, GOOD)
    counterpart.want([FREED])

    free = counterpart.compose(NOW, GOOD)

    refs = [(pointset(config).points or {})["damper"].ref for config in (sketch, written, free)]
    assert refs == ["AV1", "AV1", "AV1"]


@pytest.mark.parametrize("spec", Spec)
def test_config_of_a_device_without_wiring_has_none_of_it(spec: Spec) -> None:
    codec = codec_of(spec)
    config = json.loads(codec.encode(Counterpart(["damper"], codec).compose(NOW, GOOD)))

    assert "damper" in config["pointset"]["points"]
    assert config["pointset"]["points"]["damper"] == {}
    assert not {"localnet", "gateway"} & set(config)


def test_documents_of_2021_know_refs_and_neither_localnet_nor_target() -> None:
    codec = codec_of(Spec.WRITEBACK_2021)
    config = json.loads(codec.encode(Counterpart(["damper"], codec, WIRED).compose(NOW, GOOD)))

    assert config["pointset"]["points"]["damper"] == {"ref": "AV1"}
    assert not {"localnet", "gateway"} & set(config)


def test_wiring_survives_the_wire() -> None:
    config = Counterpart(["damper"], CODEC, WIRED).compose(NOW, GOOD)

    assert CODEC.decode_config(CODEC.encode(config)) == config
