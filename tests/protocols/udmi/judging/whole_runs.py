"""Whole runs made by hand, record by record. Times are seconds since the run began."""

import json
from typing import Any

from harness.payload.values import Value
from harness.protocols.udmi.judging.whole_run import WholeRun, whole_run_of
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Began, Closed, Desired, Done, Ended, Found, Opened, Received, Record, Sent
from harness.record.lines import FORMAT
from tests.protocols.udmi.judging.history_builder import OPENED, moment
from tests.protocols.udmi.words.good_messages import GOOD
from tests.udmi_1_5 import VERSION, encode

TOPICS = Topics.of("DEV-1", UDMI)
_TOPIC = {
    MessageKind.STATE: TOPICS.state,
    MessageKind.TELEMETRY: TOPICS.telemetry,
    MessageKind.SYSTEM_EVENT: TOPICS.system,
}


def run(*, allowance: float = 0.0) -> "RunBuilder":
    """A run of a device with two points, damper and valve, of which 30 and 50 are good values, and 999 is not."""
    points = {name: Point(name, PointKind.WRITABLE, (30.0, 50.0), out_of_range=999) for name in ("damper", "valve")}
    return RunBuilder(Profile("DEV-1", points, None, allowance))


class RunBuilder:
    """Every call appends; `ended` gives the run."""

    def __init__(self, profile: Profile) -> None:
        began = Began(OPENED, FORMAT, "by hand", Spec.UDMI_1_5, "virtual", "by hand", profile.as_dict())
        self._records: list[Record] = [began]

    def opened(self, scenario: str, *, at: float) -> "RunBuilder":
        """A scenario begins."""
        return self._append(Opened(moment(at), scenario))

    def closed(self, *, at: float, cut_short: str | None = None, out_of_view: str | None = None) -> "RunBuilder":
        """It is over."""
        return self._append(Closed(moment(at), cut_short, out_of_view=out_of_view))

    def sent(self, label: str, *, at: float, damper: Value) -> "RunBuilder":
        """A config that writes to the damper, and reached the device at once."""
        points = {"damper": PointConfig(set_value=damper), "valve": PointConfig()}
        payload = encode(Config(moment(at), VERSION, PointsetConfig("e", moment(3600), 10, points)))
        settings = {label: Desired("damper", damper)}
        self._append(Sent(moment(at), TOPICS.config, payload, label, settings))
        return self._append(Done(moment(at), len(self._records) - 1))

    def found(self, *, damper: Value) -> "RunBuilder":
        """A config lay there that writes to the damper."""
        points = {"damper": PointConfig(set_value=damper)}
        payload = encode(Config(moment(0), VERSION, PointsetConfig(points=points)))
        return self._append(Found(moment(0), TOPICS.config, payload))

    def said(self, kind: MessageKind, message: dict[str, Any] | bytes | None = None, *, at: float) -> "RunBuilder":
        """A message of that kind: a good one, unless another is given."""
        content = GOOD[kind] if message is None else message
        payload = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.published(_TOPIC[kind], payload, at=at)

    def published(self, topic: str, payload: bytes = b"{}", *, at: float, retain: bool = False) -> "RunBuilder":
        """Anything, anywhere."""
        return self._append(Received(moment(at), topic, payload, retain))

    def ended(self, *, at: float = 60.0, broken_off: str | None = None) -> WholeRun:
        """The run is over."""
        self._append(Ended(moment(at), broken_off))
        return whole_run_of(self._records)

    def _append(self, record: Record) -> "RunBuilder":
        self._records.append(record)
        return self
