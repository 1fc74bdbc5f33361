"""The field layout of each spec: the one table that the codec is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.protocols.udmi.words.messages import ValueState
from harness.protocols.udmi.words.spec import Spec


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """Places in messages, as dotted paths; names of fields of a point; None where the spec has no such thing.

    `version`: what its messages say of themselves. `words`: what a point may say of a write.
    """

    spec: Spec
    version: str | int
    words: tuple[ValueState, ...]

    # In a config.
    config_etag: str | None
    expiry: str | None
    set_value: str
    stop_time: str | None
    cov_increment: str

    # In a state; a mode also stands in a config.
    state_etag: str | None
    value_state: str
    updating: str | None
    mode: str | None
    last_start: str | None
    restart_count: str | None
    operational: str
    make: str | None
    model: str
    software: str
    families: str | None

    # In telemetry.
    partial: str | None

    # In a config: the blocks localnet and gateway, which say how the site has the device wired.
    has_wiring: bool


_OF_2021 = (
    ValueState.APPLIED,
    ValueState.UPDATING,
    ValueState.OVERRIDDEN,
    ValueState.INVALID,
    ValueState.FAILURE,
)

FIELD_LAYOUTS: Mapping[Spec, FieldLayout] = {
    layout.spec: layout
    for layout in (
        FieldLayout(
            Spec.UDMI_1_5,
            version="1.5.7",
            words=tuple(ValueState),
            config_etag="pointset.state_etag",
            expiry="pointset.set_value_expiry",
            set_value="set_value",
            stop_time="stop_time",
            cov_increment="cov_increment",
            state_etag="pointset.state_etag",
            value_state="value_state",
            updating="system.updating",
            mode="system.operation.mode",
            last_start="system.operation.last_start",
            restart_count="system.operation.restart_count",
            operational="system.operation.operational",
            make="system.hardware.make",
            model="system.hardware.model",
            software="system.software",
            families="localnet.families",
            partial="partial_update",
            has_wiring=True,
        ),
        FieldLayout(
            Spec.WRITEBACK_2021,
            version=1,
            words=_OF_2021,
            config_etag="pointset.etag",
            expiry=None,
            set_value="set_value",
            stop_time=None,
            cov_increment="cov_increment",
            state_etag="pointset.etag",
            value_state="value_state",
            updating=None,
            mode=None,
            last_start=None,
            restart_count=None,
            operational="system.operational",
            make=None,
            model="system.make_model",
            software="system.firmware",
            families=None,
            partial=None,
            has_wiring=False,
        ),
        FieldLayout(
            Spec.WRITEBACK_DRAFT,
            version=1,
            words=_OF_2021,
            config_etag="etag",
            expiry=None,
            set_value="set_value",
            stop_time=None,
            cov_increment="cov_increment",
            state_etag="system.etag",
            value_state="value_state",
            updating="system.updating",
            mode=None,
            last_start=None,
            restart_count=None,
            operational="system.operational",
            make=None,
            model="system.make_model",
            software="system.firmware",
            families=None,
            partial=None,
            has_wiring=False,
        ),
        FieldLayout(
            Spec.POINTSET_2021,
            version=1,
            words=tuple(word for word in _OF_2021 if word is not ValueState.UPDATING),
            config_etag=None,
            expiry=None,
            set_value="fix_value",
            stop_time=None,
            cov_increment="cov_threshold",
            state_etag=None,
            value_state="source",
            updating=None,
            mode=None,
            last_start=None,
            restart_count=None,
            operational="system.operational",
            make=None,
            model="system.make_model",
            software="system.firmware",
            families=None,
            partial=None,
            has_wiring=False,
        ),
    )
}
