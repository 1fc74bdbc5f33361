"""The topics of the thing under test, and the owner of a topic, as its plug knows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of one device. `config`: the topic at which it is told what to do; `config_of` has that of any other device.

    `device_of`: whose a topic is; None: nobody's. `kinds`: what the device's messages are called, by topic.
    `unowned`: why every topic may be another device's, where nobody can tell.
    """

    device: str
    config: str
    config_of: Callable[[str], str]
    device_of: Callable[[str], str | None]
    kinds: Mapping[str, str]
    unowned: str | None = None
