"""Configs that are not as they should be: the bytes of a good one, altered in one place."""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

Alter: TypeAlias = Callable[[bytes], bytes]
_Table: TypeAlias = dict[str, Any]


class ConfigFlaw(StrEnum):
    """Flaws by which a config cannot be worked on. UDMI 1.5, config sequence, hard errors."""

    TRUNCATED = "truncated"
    EMPTY = "empty"
    LIST = "a list"
    NOT_UTF_8 = "not UTF-8"
    NO_TIMESTAMP = "without timestamp"
    NO_VERSION = "without version"


class Extra(StrEnum):
    """Places of a field that no specification knows."""

    MESSAGE = "in the message"
    SYSTEM = "in system"
    POINTSET = "in pointset"
    POINT = "in a point"


class Oddity(StrEnum):
    """Configs that are well-formed and break the schema; no document says how a device is to treat them."""

    POINTSET = "a pointset that is text"
    SAMPLE_RATE = "a sample rate that is text"
    SET_VALUE = "a set_value that is a list"


def flawed(payload: bytes, flaw: ConfigFlaw) -> bytes:
    """The config with that flaw."""
    return _FLAWS[flaw](payload)


def with_extra(payload: bytes, extra: Extra) -> bytes:
    """The config with one more field there."""
    return _edited(payload, _EXTRAS[extra])


def odd(payload: bytes, oddity: Oddity) -> bytes:
    """The config with that in place of what belongs there."""
    return _edited(payload, _ODDITIES[oddity])


def without(payload: bytes, *path: str) -> bytes:
    """The config without that field."""

    def remove(config: _Table) -> None:
        *blocks, name = path
        for block in blocks:
            config = config[block]
        config.pop(name)

    return _edited(payload, remove)


def _edited(payload: bytes, edit: Callable[[_Table], None]) -> bytes:
    config = json.loads(payload)
    edit(config)
    return json.dumps(config, separators=(",", ":")).encode()


def _in_its_version(payload: bytes) -> bytes:
    """A byte that UTF-8 never has, inside a text: who does not check may well read on."""
    return payload.replace(b'"version":"', b'"version":"\xff', 1)


def _into_the_system(config: _Table) -> None:
    config.setdefault("system", {})["extra_setting"] = "none"


def _into_a_point(config: _Table) -> None:
    next(iter(config["pointset"]["points"].values()))["extra_setting"] = {"nested": [1, 2]}


def _listing_a_set_value(config: _Table) -> None:
    next(iter(config["pointset"]["points"].values()))["set_value"] = [1]


_FLAWS: Mapping[ConfigFlaw, Alter] = {
    ConfigFlaw.TRUNCATED: lambda payload: payload[:-1],
    ConfigFlaw.EMPTY: lambda _payload: b"",
    ConfigFlaw.LIST: lambda _payload: b"[]",
    ConfigFlaw.NOT_UTF_8: _in_its_version,
    ConfigFlaw.NO_TIMESTAMP: lambda payload: without(payload, "timestamp"),
    ConfigFlaw.NO_VERSION: lambda payload: without(payload, "version"),
}
_EXTRAS: Mapping[Extra, Callable[[_Table], None]] = {
    Extra.MESSAGE: lambda config: config.update(extra_setting=True),
    Extra.SYSTEM: _into_the_system,
    Extra.POINTSET: lambda config: config["pointset"].update(extra_setting=3),
    Extra.POINT: _into_a_point,
}
_ODDITIES: Mapping[Oddity, Callable[[_Table], None]] = {
    Oddity.POINTSET: lambda config: config.update(pointset="none"),
    Oddity.SAMPLE_RATE: lambda config: config["pointset"].update(sample_rate_sec="often"),
    Oddity.SET_VALUE: _listing_a_set_value,
}
