"""Whether the device is still there after whatever it was sent; and if it is not, at which config it fell silent."""

from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.judging.history import History
from harness.record.kinds import Received, Sent
from harness.text import printable


@dataclass(frozen=True)
class Survival:
    """Asked of an episode in which telemetry is asked for every few seconds, with a good config after each bad one."""

    history: History
    evidence: Evidence

    def never_falls_silent(self, *, for_seconds: float) -> None:
        """No config is the last that the device was heard after. A word that may have left before it is none.

        `for_seconds`: without any message, though telemetry was asked for every few.
        """
        words = [
            (place, record)
            for place, record in self.history.placed()
            if isinstance(record, Received) and not record.retain and record.topic != self.history.topics.config
        ]
        if not words:
            self.history.went_all_the_way()
            raise Undecided("the device said nothing in all the time")
        last, spoken = words[-1]
        named = [heard for heard in self.history.states if isinstance(heard.message.last_config, int | float)]
        self.evidence.rests_on(last)
        for place, config in self.history.placed():
            if not isinstance(config, Sent):
                continue
            stimulus = self.history.stimulus(place, config.time, "the config", on_its_way=self.history.allowance)
            stamp = self.history.sent_stamps[place]
            answered = any(heard.message.last_config == stamp for heard in named if heard.place > place)
            if answered or self._followed(stimulus, last, spoken.time):
                continue
            silent = self._listened_since(max(stimulus.latest, spoken.time))
            if silent >= for_seconds:
                self._must_have_had_something_to_say(place)
                self.evidence.rests_on(place)
                raise NotObserved(self._story(config, spoken, silent), EvidenceRef(last, place))
            break  # it was not watched for long, and what follows for even less
        self.history.went_all_the_way()

    def _listened_since(self, time: float) -> float:
        end = self.history.closed.time
        return round(end - time - self.history.stalls.seconds(time, end), 6)

    def _must_have_had_something_to_say(self, place: int) -> None:
        """Telemetry was coming, or an earlier config had been named. Raises Undecided."""
        stamps = {stamp for at, stamp in self.history.sent_stamps.items() if at < place}
        named = any(heard.message.last_config in stamps for heard in self.history.states if heard.place < place)
        if not named and not any(heard.place < place for heard in self.history.telemetry):
            raise Undecided("nothing was heard of the device for long, but it may have had nothing to say")

    def _followed(self, stimulus: Stimulus, last: int, time: float) -> bool:
        return last > stimulus.settled and self.history.left_after(time, stimulus)

    def _story(self, config: Sent, spoken: Received, silent: float) -> str:
        since = spoken.time - config.time
        when = f"{abs(since):.1f} s {'after' if since >= 0 else 'before'} that"
        return (
            f"The device should go on working whatever it is sent, but with the config '{printable(config.label)}' of "
            f"{rfc3339(config.time)} it fell silent: its last word came {when}, at {rfc3339(spoken.time)}, "
            f"and none in the {silent:.0f} s that it was listened to."
        )
