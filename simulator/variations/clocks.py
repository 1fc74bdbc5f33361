"""Devices whose clock is not ours: what they stamp, and when they hold a time to be up, is by theirs."""

from simulator.variations.variation import quirk

CLOCKS = (
    quirk("clock-a-little-ahead", ahead=0.04),
    quirk("clock-a-little-behind", ahead=-0.04),
    quirk("clock-a-second-behind", ahead=-1.0),
    quirk("clock-four-seconds-behind", ahead=-4.0),
)
