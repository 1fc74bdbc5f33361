"""Devices whose etags look otherwise: to the cloud an etag is nothing but a text that it gives back."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

from harness.protocols.udmi.words.messages import Config, State, Status
from simulator.udmi.rules import ConfigRules, Standing, StateRules
from simulator.udmi.variations.variation import Variation, quirk


def _shaped(name: str, shape: Callable[[int], str]) -> Variation:
    return quirk(name, StateRules(etag=lambda fingerprints, _said: shape(fingerprints % 2**64)))


def _in_digits(number: int, digits: str) -> str:
    """The number in a positional system of these digits."""
    base, text = len(digits), ""
    while number:
        number, digit = divmod(number, base)
        text = digits[digit] + text
    return text or digits[0]


def _of_statuses_too(state: State, _said: State | None) -> State:
    """A filter is found dirty, and clean again, whatever else happens; and the etag says so as well."""
    now = state.timestamp if isinstance(state.timestamp, int | float) else 0.0
    if state.pointset is None or now % _FINDS < _FINDS / 2:
        return state
    dirty = Status("The filter should be changed", "device.filter.dirty", 300, now)
    points = {n: p if p.value_state or p.status else replace(p, status=dirty) for n, p in state.points.items()}
    return replace(state, pointset=replace(state.pointset, etag=f"{state.etag}{_DIRTY}", points=points))


def _is_stale_but_for_statuses(config: Config, standing: Standing) -> bool:
    etag = config.pointset.etag if config.pointset else None
    return isinstance(etag, str) and etag.removesuffix(_DIRTY) != standing.etag


_FINDS = 2.0  # seconds from one look at the filter to the next but one
_DIRTY = "-dirty"

ETAG_SHAPES = (
    quirk("etag-covers-statuses", StateRules(say=_of_statuses_too), ConfigRules(is_stale=_is_stale_but_for_statuses)),
    _shaped("etag-of-four-digits", lambda number: f"{number % 65_536:04x}"),
    _shaped("etag-is-a-number", str),
    _shaped("etag-looks-like-a-float", lambda number: f"{number % 10**9}e0"),
    _shaped("etag-in-base64", lambda number: b64encode(number.to_bytes(8)).decode()),
    _shaped("etag-in-quotes", lambda number: f'W/"{number:016x}"'),
    _shaped("etag-with-odd-characters", lambda number: "\\ \t/'" + _in_digits(number, "äöüßéñ漢\U0001f600")),
    _shaped("etag-differs-in-case-alone", lambda number: _in_digits(number % 2**32, "aA")),
    _shaped("etag-differs-at-its-end", lambda number: f"{number % 2**48:0>32x}"),
    _shaped("etag-differs-at-its-start", lambda number: f"{number % 2**48:0<32x}"),
    _shaped("etag-with-spaces-around", lambda number: f"  {number:016x}  "),
)
