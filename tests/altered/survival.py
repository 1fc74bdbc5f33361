"""Devices that fall silent for good after a config, start anew with one, or hear none once they are back."""

from collections.abc import Iterator, Sequence

from harness.record.kinds import Received
from tests.altered.alteration import ANYWHERE, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.broken import started_anew
from tests.altered.deadlines import Deadline, config_sent, pausing
from tests.altered.edits import naming, sent
from tests.altered.take import Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_SILENT = 20.0  # seconds without a word that are too many


def _silent_after(label: str, least: float) -> Alter:
    """Not a word comes after that config, for so many seconds and more."""

    def alter(take: Take, more: float) -> Take:
        start = sent(take, label)
        mute = take.without(take.keys(Received, start, take.close))
        watched = mute.time(mute.close) - mute.time(start)
        return mute.pause(mute.close, round(least + more + take.allowance - watched, 6))

    return alter


def _rows() -> Iterator[Alteration]:
    there = "test_device_is_there_after_every"
    for scenario, judged, last, also in (
        ("broken_configs", f"{there}_broken_config", "good after without version", _OVER),
        ("unknown_fields", f"{there}_config_of_another_shape", "good after a set_value that is a list", _NONE),
    ):
        for name, effect, least, amounts in (
            ("is silent for longer", _BREAKS, _SILENT, up_to(60)),
            ("is silent for less", _KEEPS, _SILENT - 1.001, Amounts((0.0, -2.0))),
        ):
            yield Alteration(name, judged, scenario, effect, _silent_after(last, least), amounts, also)
    anew = "test_device_does_not_start_anew_with_a_config_of_another_shape"
    yield Alteration("starts anew", anew, "unknown_fields", _BREAKS, started_anew, ANYWHERE)
    back = "test_device_that_was_refused_hears_configs_once_it_is_back"
    late = pausing(lambda take: naming(take, "back"))
    yield from Deadline(back, "refused_link", config_sent("back"), late, 20).rows()


_NONE = frozenset[str]()
_OVER = frozenset({"erroneous.is-over-with-a-good-config", "logging.metrics"})
SURVIVAL: Sequence[Alteration] = tuple(_rows())
