"""Services that are odd in one way, and conform: nobody may accuse them."""

from simulator.replica.variations.variation import quirk

QUIRKS = (quirk("answers-after-2-s", delays=lambda _message: 2.0),)
