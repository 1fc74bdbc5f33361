"""The scenario that watches a minute: many points, of which one can be late and no other."""

from harness.record.kinds import Received
from tests.altered.deadlines import Key, Late
from tests.altered.edits import provoked, reports
from tests.altered.holding import holding, point_of
from tests.altered.take import Take


def roomy(take: Take) -> Take:
    """More time between what happens; the minute itself stays one, so nothing but telemetry is said at its end."""
    failed = reports(take, "stuck", "failure")[0]
    aside = {*take.keys(Received, provoked(take, "broken again"), failed)} - {*take.states(), *take.telemetry()}
    take = take.without(aside).pause(provoked(take, "let go"), 4).pause(provoked(take, "taken again"), 3)
    return take.pause(failed, -7).pause(provoked(take, "loosened"), 12)


def reported(label: str, word: str | None, after: Key = lambda _take: -1) -> Key:
    """The first state, after that key, in which the write is this."""
    return lambda take: next(key for key in reports(take, label, word) if key > after(take))


def held(label: str, word: str | None, *fields: str, after: str | None = None) -> Late:
    """The messages about one point of that scenario are late, and nothing else."""

    def late(take: Take, moment: float) -> Take | None:
        since: Key = (lambda take: provoked(take, after)) if after else (lambda _take: -1)
        point = point_of(take.write(label).point)
        return holding(reported(label, word, since), point, *fields, room=roomy)(take, moment)

    return late
