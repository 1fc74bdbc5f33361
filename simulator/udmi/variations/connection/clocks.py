"""Devices whose clock is not ours: what they stamp, and when they hold a time to be up, is by theirs."""

from simulator.link.network_conditions import rewritten
from simulator.udmi.json_style import JsonStyle
from simulator.udmi.variations.variation import quirk


def _in_whole_seconds(timestamp: str) -> str:
    """The fraction of a timestamp is cut off, as by a clock that counts whole seconds."""
    return f"{timestamp.removesuffix('Z').partition('.')[0]}Z"


CLOCKS = (
    quirk("clock-a-little-ahead", ahead=0.04),
    quirk("clock-a-little-behind", ahead=-0.04),
    quirk("clock-a-second-ahead", ahead=1.0),
    quirk("clock-a-second-behind", ahead=-1.0),
    quirk("clock-four-seconds-ahead", ahead=4.0),
    quirk("clock-four-seconds-behind", ahead=-4.0),
    quirk("clock-of-whole-seconds", network=rewritten(JsonStyle(timestamp=_in_whole_seconds).respell)),
    quirk(
        "clock-of-whole-seconds-behind", network=rewritten(JsonStyle(timestamp=_in_whole_seconds).respell), ahead=-1.5
    ),
    quirk("clock-of-whole-seconds-ahead", network=rewritten(JsonStyle(timestamp=_in_whole_seconds).respell), ahead=2.5),
)
