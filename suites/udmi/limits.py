"""Every limit and wait of the UDMI suites, each with its source; a profile may stretch those that no source sets.

A scenario waits for what a judgement allows, and a little longer: by how long messages may be on their way. So what is
derived from a limit follows it.
"""

from dataclasses import dataclass

from harness.protocols.udmi.suite import set_by, stretchable


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In seconds, where nothing else is said. A judgement and a scenario ask for it as `limits`."""

    # Limits that the documents set.

    answer: float = set_by("UDMI 1.5, config sequence", 5)  # a config is answered by a state
    updating_in: float = set_by("writeback 2021-02, value_state", 5)  # or before the next telemetry
    failure_at: float = set_by("writeback 2021-02, value_state", 60)  # a write that has not settled
    a_second: float = set_by("UDMI 1.5, state message", 1)  # between states: telemetry may be ahead of one by so much
    default_rate: float = set_by("UDMI 1.5, events_pointset", 300)  # where no rate is given
    longest_etag: int = set_by("UDMI 1.5, state_pointset", 32)  # characters
    keep_alives: float = set_by("MQTT 3.1.1, 3.1.2.10", 1.5)  # keep-alives that a broker waits for a word
    between_tries: float = set_by("UDMI 1.5, connectivity", 120)  # no two tries to connect are farther apart

    # Limits that UDMI's own sequencer keeps; no document sets one.

    in_time: float = stretchable(20)  # for a value_state, and for a state
    a_log: float = stretchable(30)  # for a log entry
    said: float = stretchable(10)  # for a word on a config that is broken
    twenty_minutes: float = stretchable(1200)  # it takes no state that is older
    late_by: float = stretchable(1.5)  # it lets telemetry be late by so much; metrics are let, too
    silent: float = stretchable(20)  # it waits so long for a word

    # Limits of ours: no source sets any.

    failure_tolerance: float = stretchable(5)  # by which a failure may come sooner or later than is documented
    expires_in: float = stretchable(5)  # that a device may take to notice an expiry
    promptly: float = stretchable(5)  # for telemetry of a change, as no source says how soon "at once" is
    a_try: float = stretchable(5)  # from where a device begins to connect to its CONNECT: names, TCP, TLS
    at_last: float = stretchable(305)  # for a device that leaves more room between its tries than it may
    acknowledged: float = stretchable(60)  # after which a PUBACK is missing: MQTT sets no time, and work may come first
    takes_in: float = stretchable(5)  # until a device writes down, or measures, what the config wants
    starts_once_in: float = stretchable(7)  # in which a device that obeys a retained restart has started once more
    stamps_apart: float = stretchable(5)  # by which the ages of two states of a device with a clock of its own differ
    clock_step: float = stretchable(1)  # by which a clock that is being set right may be put back

    # Counts, and no times that a device may take: how much has to be seen before anything is said of it.

    connected_for: float = set_by("the drive", 60)  # before a loss is a new one to every device
    refused_for: float = set_by("the drive", 600)  # in which the longest gap between two tries has shown
    queued: int = set_by("this suite, in configs and not in seconds", 2)  # that are named of a burst, at most

    # Waits of scenarios.

    on_its_way: float = stretchable(2)  # that messages may be
    boots_in: float = stretchable(120)  # no source says how long a device may take to come back
    plenty: float = stretchable(10)  # of life in which whatever is under way has said so, if it ever does
    in_good_time: float = stretchable(0.25)  # before an expiry in which it is too late for anything else
    delivered_twice: float = stretchable(2)  # in which what is delivered twice at QoS 1 comes the second time
    unasked: float = stretchable(12)  # in which a device that samples without being asked to, every ten, has done so
    metrics_watched: float = stretchable(6)  # more than those before: longer than metrics are apart with no rate
    start_jitter: float = stretchable(2)  # a last_start worked out from the uptime is not always the same second
    held_back: float = stretchable(2)  # no telemetry is so late that was not kept
    told_apart: float = stretchable(3)  # by its stamp in whole seconds, an entry is of the config before or after

    # Limits and waits that follow from these.

    @property
    def minute(self) -> float:
        """In which a write has settled, or is a failure."""
        return self.failure_at + self.failure_tolerance

    @property
    def two_minutes(self) -> float:
        """In which a device has connected, or tried to."""
        return self.between_tries + self.a_try

    @property
    def patience(self) -> float:
        """With a state."""
        return self.in_time + self.on_its_way

    @property
    def long_patience(self) -> float:
        """With a write that takes long."""
        return self.minute + self.on_its_way

    @property
    def acknowledgement_patience(self) -> float:
        """With a PUBACK."""
        return max(self.long_patience, self.acknowledged + self.on_its_way)

    @property
    def gathered(self) -> float:
        """In which a device has sent what it had written down, and a message has come."""
        return self.takes_in + 1

    @property
    def change_told(self) -> float:
        """With a change that is to be told of."""
        return self.promptly + 1.5

    @property
    def log_patience(self) -> float:
        """With a log entry."""
        return self.a_log + self.on_its_way

    @property
    def said_patience(self) -> float:
        """With a word on a config that is broken."""
        return self.said + self.on_its_way

    @property
    def back_patience(self) -> float:
        """With a device that was cut off."""
        return self.two_minutes + self.on_its_way

    @property
    def back_at_last_patience(self) -> float:
        """With one that leaves more room between its tries than it may; and with a state after it."""
        return self.at_last + 5

    @property
    def sample_patience(self) -> float:
        """With telemetry where no rate is given: what a sample may be late, and on its way."""
        return self.default_rate + max(5, self.late_by + self.on_its_way)

    @property
    def loops_in(self) -> float:
        """In which a device that starts anew whenever it is told so would have done it once more."""
        return self.starts_once_in + 1
