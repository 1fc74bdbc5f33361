"""The picture of a finding."""

from collections.abc import Callable, Iterator

import pytest

from harness.judging.lanes import Curve, Frame, Lane, Mark, Span, SpanKind
from harness.judging.timing.window import within
from harness.judging.verdicts.evidence_ref import NO_EVIDENCE, EvidenceRef
from harness.protocols.udmi.judging.decoded import Decoded
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.reader import DeviceReader
from harness.protocols.udmi.words.messages import Telemetry
from harness.record.kinds import Received
from harness.report.page.grounds import Grounds
from harness.report.page.timeline import Timeline, timeline_of
from tests.protocols.udmi.judging.history_builder import APPLIED, history, moment
from tests.report.findings import broken, early_failure, fails_early

READER = DeviceReader()


@pytest.fixture
def timeline() -> Timeline:
    """Of a failure that came too early."""
    episode, finding = early_failure()
    return timeline_of(episode.history, finding, READER)


def _lane(timeline: Timeline, title: str) -> Lane:
    return next(lane for lane in timeline.lanes if lane.title == title)


def _told(timeline: Timeline, title: str) -> list[tuple[float, str]]:
    items = _lane(timeline, title).items
    return [
        (item.start if isinstance(item, Span) else item.at, item.words)
        for item in items
        if isinstance(item, Span | Mark)
    ]


def test_seconds_count_from_the_write(timeline: Timeline) -> None:
    assert timeline.origin == "the config (set 30.0)"
    assert (0.0, "set 30.0") in _told(timeline, "sent and provoked")


def test_value_state_is_a_span_from_report_to_report(timeline: Timeline) -> None:
    assert _told(timeline, "damper: value_state")[1:] == [(2.0, "updating"), (20.0, "failure")]
    assert _lane(timeline, "damper: value_state").items[1] == Span(2.0, 20.0, "updating", SpanKind.PENDING)


def test_telemetry_is_news_where_it_differs(timeline: Timeline) -> None:
    marks = _lane(timeline, "damper: telemetry").items

    assert [(mark.words, mark.news) for mark in marks if isinstance(mark, Mark)] == [
        ("0.0", True),
        ("0.0", False),
        ("1.0", True),
    ]


def test_provocations_of_other_points_are_left_out(timeline: Timeline) -> None:
    assert [words for _, words in _told(timeline, "sent and provoked")] == [
        "set 30.0",
        "config 'other'",
        "tap",
        "release",
    ]


def test_window_and_decision_are_in_the_picture(timeline: Timeline) -> None:
    assert timeline.due == [Span(55.0, 65.0, "at 60 s, give or take 5", SpanKind.DUE)]
    assert timeline.decided == 20.0
    assert timeline.start < 0
    assert 65 < timeline.end <= 68


def test_what_never_came_is_drawn_to_the_end_of_the_watch() -> None:
    episode = fails_early()
    finding = broken(episode, lambda one: one.write("write").becomes(APPLIED, within(5)))

    timeline = timeline_of(episode.history, finding, READER)

    assert timeline.decided is None
    assert timeline.end == 68.0


@pytest.mark.parametrize("point", ["damper", None])
def test_device_that_never_spoke_has_a_picture_too(point: str | None) -> None:
    episode = history().sent("write", damper=30.0).closed(at=20)

    timeline = timeline_of(episode.history, Grounds([], EvidenceRef(about=point)), READER)

    assert [lane.title for lane in timeline.lanes] == ["sent and provoked"]
    assert timeline.end > timeline.start


def test_episode_that_was_cut_at_once_has_a_picture_too() -> None:
    episode = history().closed(at=0)

    timeline = timeline_of(episode.history, Grounds([], NO_EVIDENCE), READER)

    assert (timeline.origin, timeline.lanes) == ("the start of the scenario", [])
    assert timeline.end > timeline.start


def test_finding_on_states_shows_their_distances_and_etags() -> None:
    told = history().sent("write", damper=30.0).state(at=2, etag="a").state(at=2.25, etag="b").closed(at=9)
    finding = broken(told, lambda one: one.states.keep_apart(1))

    timeline = timeline_of(told.history, finding, READER)

    assert _told(timeline, "states") == [(0.0, "first state"), (0.25, "0.2 s later")]
    assert _told(timeline, "state_etag") == [(0.0, "'a'"), (0.25, "'b'")]
    assert timeline.origin.startswith("line ")


def test_config_that_a_lone_report_follows_is_the_origin() -> None:
    told = history().sent("write", at=3, damper=30.0).state(at=5, damper=APPLIED).closed(at=9)
    finding = broken(told, lambda one: next(one.write("write").reports()).explains_itself())

    assert timeline_of(told.history, finding, READER).decided == 2.0


def test_flood_is_not_drawn_to_the_last_drop() -> None:
    told = history().sent("write", damper=30.0)
    for number in range(1000):
        told.telemetry(at=1 + number / 1000, damper=float(number))
    episode = told.closed(at=20)
    finding = Grounds([11, 900], EvidenceRef(since=11, about="damper"))

    assert len(_lane(timeline_of(episode.history, finding, READER), "damper: telemetry").items) <= 120


def test_flood_outside_the_frame_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, of = list[float](), Decoded.of

    def noted(decoded: Decoded, record: Received, decode: Callable[[bytes], Telemetry]) -> Telemetry:
        looked.append(record.time)
        return of(decoded, record, decode)

    monkeypatch.setattr(Decoded, "of", noted)
    told = history().sent("write", damper=30.0).state(at=1, damper=APPLIED)
    for number in range(300):
        told.telemetry(at=100 + number, damper=float(number))
    episode = told.closed(at=500)
    looked.clear()

    timeline_of(episode.history, Grounds([11, 13], EvidenceRef(13, since=11, about="damper")), READER)

    assert looked
    assert max(looked) < moment(100)


class _Curved(DeviceReader):
    """Draws one lane with a curve of a thousand points, most of which lie outside of the picture."""

    def lanes(self, history: History, frame: Frame) -> Iterator[Lane]:  # noqa: ARG002 - it is of no history
        points = [(frame.start - 1 + number * (frame.end - frame.start) / 500, 0.5) for number in range(1000)]
        yield Lane("curve", [Curve(points, "progress"), Curve([(frame.end + 1, 1)], "progress")], f"{frame.decisive}")


def test_curve_is_cut_to_the_picture_and_thinned() -> None:
    episode, finding = early_failure()
    timeline = timeline_of(episode.history, finding, _Curved())
    lane = _lane(timeline, "curve")
    [curve] = lane.items

    assert isinstance(curve, Curve)
    assert timeline.start <= curve.shares[0][0] < curve.shares[-1][0] <= timeline.end
    assert 50 < len(curve.shares) <= 121
    assert lane.decided == f"{finding.where.decisive}"


@pytest.mark.parametrize(("value", "gap", "drawn"), [(10.0, 20, True), (10.0, 300, False), (None, 20, False)])
def test_write_that_was_in_force_until_then_is_drawn_where_it_is_recent(
    value: float | None, gap: float, *, drawn: bool
) -> None:
    told = history().state(at=0).sent("old", at=2, damper=value).state(at=3).sent("new", at=2 + gap, damper=30.0)
    episode = told.state(at=4 + gap).sent("end", at=40 + gap, damper=None).closed(at=50 + gap)

    grounds = broken(episode, lambda one: one.write("new").becomes(APPLIED, within(20)))
    sent = [at for at, _ in _told(timeline_of(episode.history, grounds, READER), "sent and provoked")]

    assert sent[0] == (-gap if drawn else 0.0)
