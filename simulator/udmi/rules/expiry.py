"""Whether a write has to say when it ends: the specification wants it to, and UDMI's own back end never does.

The clause binds the cloud; a device that takes such a write for good reads the words in its own way. By default ours
refuses it, as the specification says.
"""

from dataclasses import replace
from enum import StrEnum

from harness.protocols.udmi.words.messages import Config
from simulator.udmi.rules import Rules
from simulator.udmi.rules.write_expiry import WriteExpiry


class Expiry(StrEnum):
    """Of a config that writes."""

    REQUIRED = "required"
    OPTIONAL = "optional"


def read_by(expiry: Expiry, rules: Rules) -> Rules:
    """The same rules; where an expiry is optional, writes without one last until a config says otherwise."""
    if expiry is Expiry.REQUIRED:
        return rules

    def write_expiry(config: Config, now: float) -> WriteExpiry:
        is_missing = config.pointset is None or config.pointset.set_value_expiry is None
        return WriteExpiry() if is_missing else rules.configs.write_expiry(config, now)

    return replace(rules, configs=replace(rules.configs, write_expiry=write_expiry))
