"""Devices whose clock is not ours: what they stamp, and when they hold a time to be up, is by theirs."""

from simulator.road import rewritten
from simulator.spelling import Spelling
from simulator.variations.variation import quirk


def _in_whole_seconds(instant: str) -> str:
    """What comes after the point is cut off, as by a clock that counts no more than seconds."""
    return f"{instant.removesuffix('Z').partition('.')[0]}Z"


CLOCKS = (
    quirk("clock-a-little-ahead", ahead=0.04),
    quirk("clock-a-little-behind", ahead=-0.04),
    quirk("clock-a-second-ahead", ahead=1.0),
    quirk("clock-a-second-behind", ahead=-1.0),
    quirk("clock-four-seconds-ahead", ahead=4.0),
    quirk("clock-four-seconds-behind", ahead=-4.0),
    quirk("clock-of-whole-seconds", road=rewritten(Spelling(instant=_in_whole_seconds).respell)),
    quirk("clock-of-whole-seconds-behind", road=rewritten(Spelling(instant=_in_whole_seconds).respell), ahead=-1.5),
    quirk("clock-of-whole-seconds-ahead", road=rewritten(Spelling(instant=_in_whole_seconds).respell), ahead=2.5),
)
