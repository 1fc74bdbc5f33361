"""The picture of an update: components with their steps, the whole beneath, played agents, and what decided."""

from xml.etree.ElementTree import fromstring

import pytest

from harness.judging.lanes import Curve, Frame, Lane, Span, SpanKind
from harness.judging.reader import reader_for
from harness.payload.values import JSON
from harness.protocols.update.profile import UpdateProfile
from harness.record.kinds import Record
from harness.report.page.svg import draw
from harness.report.page.timeline import Timeline
from tests.hostile import WORDS
from tests.protocols.update.records import AGENT, DEVICE, NAME, feedback, heard, run_with, sent


def _lanes(
    *records: Record, profile: UpdateProfile = AGENT, decisive: int | None = None, end: float = 10
) -> dict[str, Lane]:
    """By their titles. `decisive` counts from the first of these records."""
    run = run_with(*records, profile=profile)
    reader = reader_for(run)
    frame = Frame(None, 0, 0, end, None if decisive is None else decisive + 2)
    return {lane.title: lane for lane in reader.lanes(reader.read(run).scenes[NAME].history, frame)}


DOWNLOADS = (
    feedback(1, "IDENTIFIED", {"containers:web": ("IDENTIFIED", None)}),
    feedback(2, "DOWNLOADING", {"containers:web": ("DOWNLOADING", 0)}),
    feedback(3, "DOWNLOADING", {"containers:web": ("DOWNLOADING", 50)}),
    feedback(4, "DOWNLOADING", {"containers:web": ("DOWNLOADING", 50)}),
    feedback(5, "DOWNLOAD_FAILURE", {"containers:web": ("DOWNLOAD_FAILURE", None)}),
)


def test_each_phase_of_a_component_is_one_block_with_its_progress_as_a_line() -> None:
    assert _lanes(*DOWNLOADS)["containers:web"].items == [
        Span(1, 2, "IDENTIFIED", SpanKind.OTHER),
        Span(2, 5, "DOWNLOADING", SpanKind.PENDING),
        Curve([(2, 0), (3, 0.5)], "progress"),
        Span(5, 10, "DOWNLOAD_FAILURE", SpanKind.FAILED),
    ]


def test_status_of_the_whole_has_a_lane_of_its_own() -> None:
    assert _lanes(*DOWNLOADS)["status"].items == [
        Span(1, 2, "IDENTIFIED", SpanKind.OTHER),
        Span(2, 5, "DOWNLOADING", SpanKind.OTHER),
        Span(5, 10, "DOWNLOAD_FAILURE", SpanKind.FAILED),
    ]


def test_lanes_in_which_something_changed_name_the_step_that_decided() -> None:
    decided = {title: lane.decided for title, lane in _lanes(*DOWNLOADS, decisive=2).items()}

    assert (decided["containers:web"], decided["status"]) == ("DOWNLOADING 50%", None)
    assert {lane.decided for lane in _lanes(*DOWNLOADS).values()} == {None}
    assert _lanes(*DOWNLOADS, decisive=3)["containers:web"].decided is None
    assert _lanes(*DOWNLOADS, decisive=4)["status"].decided == "DOWNLOAD_FAILURE"


@pytest.mark.parametrize("told", [-1, 101, 10**4000, True, "50", 0.5, [50]])
def test_progress_of_any_kind_stays_in_its_block(told: JSON) -> None:
    items = _lanes(feedback(1, "DOWNLOADING", {"containers:web": ("DOWNLOADING", told)}))["containers:web"].items

    assert all(0 <= share <= 1 for one in items if isinstance(one, Curve) for _, share in one.shares)


def test_another_activity_begins_another_block() -> None:
    again = feedback(6, "DOWNLOADING", {"containers:web": ("DOWNLOADING", 0)}, activity="b")
    lanes = _lanes(
        sent(0, "containersupdate/desiredstate", {}, "old"),
        *DOWNLOADS[:3],
        sent(6, "containersupdate/desiredstate", {}, "new", "b"),
        again,
    )

    spans = [one for one in lanes["containers:web"].items if isinstance(one, Span)]
    assert [(one.start, one.words) for one in spans[1:]] == [(2, "DOWNLOADING"), (6, "DOWNLOADING")]
    assert [one.words for one in lanes["status"].items][1:] == ["DOWNLOADING (old)", "DOWNLOADING (new)"]


def test_only_so_many_components_are_drawn_and_the_one_that_decided_is_among_them() -> None:
    many: dict[str, tuple[str, JSON]] = {f"containers:{number:04}": ("IDENTIFIED", None) for number in range(1000)}
    last = {"containers:0999": ("DOWNLOADING", 1)}
    lanes = _lanes(feedback(1, "IDENTIFIED", many), feedback(2, "DOWNLOADING", last), decisive=1)

    drawn = [title for title in lanes if title.startswith("containers:")]
    assert (len(drawn), drawn[0], drawn[-1]) == (12, "containers:0000", "containers:0999")
    assert "988 more components, not drawn" in lanes


def test_played_agents_are_told_and_answer_above_the_components() -> None:
    records = (
        sent(0, "deviceupdate/desiredstate", {}, "update"),
        heard(1, "labupdate/desiredstate", {}),
        sent(1, "labupdate/desiredstatefeedback", {"status": "IDENTIFIED"}),
        heard(2, "deviceupdate/ownerconsent", {"command": "DOWNLOAD"}),
        heard(3, "labupdate/desiredstate/command", {"command": "DOWNLOAD"}),
        sent(4, "labupdate/desiredstatefeedback", {"status": "DOWNLOAD_FAILURE"}),
        feedback(5, "INCOMPLETE", {"lab:probe": ("DOWNLOAD_FAILURE", None)}, "device"),
    )
    lanes = _lanes(*records, profile=DEVICE, decisive=4)
    titles = ["to the agent of lab", "from the agent of lab", "to the owner", "lab:probe", "status", "current state"]

    assert list(lanes) == titles
    assert [one.words for one in lanes[titles[0]].items] == ["desired state", "DOWNLOAD"]
    assert lanes[titles[0]].decided == "DOWNLOAD"
    assert lanes[titles[1]].items == [
        Span(1, 4, "IDENTIFIED", SpanKind.OTHER),
        Span(4, 10, "DOWNLOAD_FAILURE", SpanKind.FAILED),
    ]
    assert [one.words for one in lanes[titles[2]].items] == ["question for consent DOWNLOAD"]


@pytest.mark.parametrize("word", [*WORDS, "x" * 100_000, "\ud800\x00\u202e"])
def test_hostile_names_stay_text(word: str) -> None:
    records = (
        feedback(1, word, {word: (word, 5)}),
        feedback(2, word, {word: (word, 10**300)}),
        heard(3, "containersupdate/currentstate", {"softwareNodes": [{"id": word, "version": word}]}),
    )
    lanes = list(_lanes(*records, decisive=1).values())
    drawing = draw(Timeline(word, word, 0, 0, 10, [one for one in lanes if one.items], [], 2), 820, "t1")

    known = {"svg", "g", "title", "desc", "text", "rect", "line", "circle", "polygon", "polyline"}
    assert {one.tag for one in fromstring(drawing).iter()} <= known  # noqa: S314 - our own drawing, which is to be parsed
    assert drawing.replace("\n", "").isprintable()
    assert len(drawing) < 15_000
