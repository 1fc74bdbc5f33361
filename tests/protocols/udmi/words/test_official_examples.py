"""UDMI's own examples, of the one spec that it publishes: what its validator finds nothing wrong with, we read."""

import re
from collections.abc import Callable, Iterator

import pytest

from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import Message
from harness.protocols.udmi.words.spec import Spec
from tests.protocols.udmi.site_model.site import examples_of

CODEC = codec_of(Spec.UDMI_1_5)
_COMMENT = re.compile(r"(?m)(^|\s)//.*$")
DECODERS: dict[str, Callable[[bytes], Message]] = {
    "config": CODEC.decode_config,
    "state": CODEC.decode_state,
    "events_pointset": CODEC.decode_telemetry,
}


def _sound(kind: str) -> Iterator[tuple[str, bytes]]:
    """The examples of that kind in which UDMI finds nothing wrong, without their comments."""
    for file in sorted(examples_of(kind).glob("*.json")):
        verdict = file.with_suffix(".out")
        if verdict.exists() and not verdict.read_text(encoding="utf-8").strip():
            yield file.name, _COMMENT.sub("", file.read_text(encoding="utf-8")).encode()


@pytest.mark.parametrize("kind", DECODERS)
def test_sound_example_has_no_problems(kind: str) -> None:
    problems = {name: DECODERS[kind](payload).problems for name, payload in _sound(kind)}

    assert problems
    assert {name: found for name, found in problems.items() if found} == {}
