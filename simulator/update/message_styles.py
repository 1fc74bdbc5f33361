"""Other ways to write a message: of another library, in another order, with another timestamp. For variations."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.payload.values import JSON
from harness.protocols.update.profile import config_for
from harness.protocols.update.words.pairs import ConfigForm
from simulator.link.link_rules import CONNECT_OPTIONS, LinkRules
from simulator.update.declared import DeviceFile
from simulator.update.feedback.writing_rules import Content, message

Encode = Callable[..., bytes]


def as_it_is(content: JSON) -> JSON:
    """Nothing is rewritten."""
    return content


def rewritten(rewrite: Callable[[JSON], JSON] = as_it_is, **how: object) -> Encode:
    """Messages whose content is rewritten, envelope and all; `how`: to `json.dumps`."""

    def encode(payload: Content | None, activity: str, now: float, *, enveloped: bool) -> bytes:
        content = json.loads(message(payload, activity, now, enveloped=enveloped))
        return json.dumps(rewrite(content), **how).encode()  # type: ignore[arg-type]

    return encode


def stamped(stamp: Callable[[int], JSON]) -> Encode:
    """Messages with another timestamp, by the right one in milliseconds."""

    def rewrite(content: JSON) -> JSON:
        told = content.get("timestamp") if isinstance(content, dict) else None
        return {**content, "timestamp": stamp(told)} if isinstance(content, dict) and isinstance(told, int) else content

    return rewritten(rewrite)


def without_first_activity(content: JSON) -> JSON:
    """A current state that nobody asked for has no activity at all."""
    if not isinstance(content, dict) or not str(content.get("activityId")).startswith("initial"):
        return content
    return {name: value for name, value in content.items() if name != "activityId"}


def turned(part: JSON) -> JSON:
    """The keys of every object in the other order."""
    if isinstance(part, dict):
        return {name: turned(part[name]) for name in reversed(part)}
    return [turned(one) for one in part] if isinstance(part, list) else part


def as_floats(part: JSON) -> JSON:
    """As of a library that has no integers."""
    if isinstance(part, Mapping):
        return {name: as_floats(inner) for name, inner in part.items()}
    if isinstance(part, list):
        return [as_floats(one) for one in part]
    return float(part) if isinstance(part, int) and not isinstance(part, bool) else part


def with_more(part: JSON) -> JSON:
    """Fields of its own in every object."""
    if isinstance(part, dict):
        return {**{name: with_more(inner) for name, inner in part.items()}, "x-make": "odd", "x-none": None}
    return [with_more(one) for one in part] if isinstance(part, list) else part


def not_a_number(payload: Content | None, activity: str, now: float, *, enveloped: bool) -> bytes:
    """Progress is NaN, as some libraries write what they cannot tell."""
    return message(payload, activity, now, enveloped=enveloped).replace(b'"progress":25', b'"progress":NaN')


def profile_with(**changes: object) -> Callable[[DeviceFile], DeviceFile]:
    """The same, declared otherwise."""

    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, profile=replace(file.profile, **changes))  # type: ignore[arg-type]

    return remade


def configured_in(*forms: ConfigForm) -> Callable[[DeviceFile], DeviceFile]:
    """Every component has a configuration, and is desired with it, in these forms."""
    config = (("image", "registry.local/{version}.img"), ("sha", ""))

    def remade(file: DeviceFile) -> DeviceFile:
        declared = tuple(replace(one, config=config) for one in file.profile.components)
        profile = replace(file.profile, components=declared, config_forms=forms)
        components = tuple(
            replace(one, base=replace(one.base, config=config_for(config, one.base.version))) if one.base else one
            for one in file.components
        )
        return replace(file, profile=profile, components=components)

    return remade


def connected_with(**changes: object) -> LinkRules:
    """Another CONNECT."""
    return replace(LinkRules(), connect_options=replace(CONNECT_OPTIONS, **changes))  # type: ignore[arg-type]


def all_of_its_domain(inbox: str) -> tuple[str, ...]:
    """All topics of its domain by one filter."""
    return (f"{inbox.rpartition('/')[0]}/#",)
