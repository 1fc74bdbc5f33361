"""One write: a point that a config set, or released, and all that can be asked about what came of it."""

from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.writes.error_state import ErrorStates
from harness.protocols.udmi.judging.writes.present_value import PresentValues
from harness.protocols.udmi.judging.writes.value_state import ValueStates
from harness.protocols.udmi.words.messages import State, ValueState


@dataclass(frozen=True)
class Write(ValueStates, ErrorStates, PresentValues):
    """It is followed until a config is sent for a write to the same point, or its release, or the episode closes.

    A config that is sent for something else repeats the write, as configs are sticky; the write goes on.
    """

    sent: SentConfig

    def flags_the_device(self) -> None:
        """While it is updating, the device says so of itself: in the documents' place or in the schema's."""
        heard = self._while_updating()
        flagged = next((one for one in heard if one.message.updating_flag), None)
        flag = flagged.message.updating_flag if flagged else "nothing"
        self.evidence.observed.append(f"while a write is updating, the device flags {flag}")
        self.evidence.rests_on((flagged or heard[0]).place)
        if flagged is None:
            raise self.breach("come with a flag of the device that it is updating", "but comes with none", heard[0])

    def leaves_no_flag(self, window: Window) -> None:
        """Once it has settled, the device flags nothing any more, inside the window."""
        updating = self._while_updating()
        after = [heard for heard in self.history.states if updating[-1].place < heard.place < self.end]
        if not after:
            raise self.unseen("no state followed the one in which the write was updating")
        self.evidence.rests_on(after[0].place, after[-1].place)
        settled = Stimulus(
            after[0].place, after[0].place, after[0].time - self.history.allowance, after[0].time, "it settled"
        )
        self.evidence.awaits(window, settled)
        calm = next((heard for heard in after if heard.message.updating_flag is None), None)
        flag = after[-1].message.updating_flag
        if calm is None and self.watched(settled) < window.latest:
            raise self.unseen(f"the device still flags {flag}, and was not watched for {window.latest:g} s")
        if calm is None:
            story = f"{self.point} has settled, so the device should not be updating, but it flags {flag}."
            raise NotObserved(story, self.evidence_ref(after[-1]))
        elapsed = self.history.elapsed(settled, calm.time)
        story = f"{self.point} has settled; the device flagged that it was updating for {elapsed} more."
        decide(window, elapsed, story, self.evidence_ref(calm))

    def _while_updating(self) -> list[Heard[State]]:
        heard = [
            heard
            for heard in self.history.states
            if self.stimulus.place < heard.place < self.end
            and heard.message.point(self.point).value_state is ValueState.UPDATING
        ]
        if not heard:
            raise CouldNotTest(f"{self.point} was never updating")
        return heard

    @property
    def expiry(self) -> Stimulus:
        """When the config's set_value_expiry comes. UDMI 1.5, writeback, value expiration."""
        return self.past_expiry(0)

    def past_expiry(self, seconds: float) -> Stimulus:
        """When a device that takes so many seconds for it has done what is to be done at the expiry."""
        expiry, skew = self._set_value_expiry, self.history.skew
        if max(skew.ahead, skew.behind) > _FAR_OFF:
            raise CouldNotTest(f"the device's clock is {skew.words}, so an expiry comes at another moment for it")
        return self.history.moment(expiry + seconds, "its expiry" if not seconds else f"{seconds:g} s past its expiry")

    def came_too_late(self) -> None:
        """Its time was up when the config left, and that by the device's clock too. Raises CouldNotTest if not."""
        if self._set_value_expiry + self.history.skew.behind > self.stimulus.earliest:
            clock = f"the device's clock is {self.history.skew.words}"
            raise CouldNotTest(f"{clock}, so the write to {self.point} came in time for it")

    @property
    def _set_value_expiry(self) -> float:
        pointset = self.sent.config.pointset
        expiry = pointset.set_value_expiry if pointset else None
        if not isinstance(expiry, int | float):
            raise CouldNotTest(f"the write to {self.point} has no expiry")
        return expiry


_FAR_OFF = 5.0  # seconds by which a clock may be off before it cannot be said any more what an expiry does
