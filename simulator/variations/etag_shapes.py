"""Devices whose etags look otherwise: to the cloud an etag is nothing but a text that it gives back."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

from simulator.rules import KEPT
from simulator.variations.variation import Variation, quirk


def _shaped(name: str, shape: Callable[[int], str]) -> Variation:
    return quirk(name, replace(KEPT, etag=lambda fingerprints, _said: shape(fingerprints % 2**64)))


def _in_digits(number: int, digits: str) -> str:
    """The number in a positional system of these digits."""
    base, text = len(digits), ""
    while number:
        number, digit = divmod(number, base)
        text = digits[digit] + text
    return text or digits[0]


ETAG_SHAPES = (
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
