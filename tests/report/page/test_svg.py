"""Timelines and margins, drawn."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from harness.judging.lanes import Curve, Lane, Mark, MarkKind, Span, SpanKind
from harness.protocols.udmi.reader import DeviceReader
from harness.report.page.limit_margin import LimitMargin
from harness.report.page.svg import draw, draw_margin
from harness.report.page.timeline import Timeline, timeline_of
from tests.report.findings import early_failure

HOSTILE = ["</svg><script>alert(1)</script>", '"><b onload="x', "]]>\x00\x1b\ud800\u202e", "x" * 100_000]


def _drawn(timeline: Timeline, width: int = 820) -> Element:
    return fromstring(draw(timeline, width, "t1"))  # noqa: S314 - our own drawing, and whether it parses is the question


def _early(width: int = 820) -> Element:
    episode, finding = early_failure()
    return _drawn(timeline_of(episode.history, finding, DeviceReader()), width)


def _texts(svg: Element) -> list[str]:
    return [text.text or "" for text in svg.iter("text")]


@pytest.mark.parametrize("width", [320, 820])
def test_nothing_leaves_the_picture(width: int) -> None:
    for one in _early(width).iter():
        across = [float(one.get(name, "0")) for name in ("x", "x1", "x2", "cx")]
        assert all(0 <= x <= width for x in across), one.attrib
        assert float(one.get("x", "0")) + float(one.get("width", "0")) <= width


def test_picture_names_states_window_and_decision() -> None:
    texts = _texts(_early())

    assert {"updating", "failure", "due at 60 s, give or take 5", "▼ decided at 20.0 s", "60 s"} <= set(texts)


def test_picture_of_what_never_came_shows_until_when_it_was_due() -> None:
    lanes = [Lane("sent and provoked", [Mark(0, "set 30.0", MarkKind.SENT)])]

    assert "▼ not by 5.0 s" in _texts(
        _drawn(Timeline("s", "o", 0, -1, 10, lanes, [Span(0, 5, "within 5 s", SpanKind.DUE)], None))
    )


def test_narrow_picture_still_names_what_decided() -> None:
    assert {"failure", "▼ decided at 20.0 s"} <= set(_texts(_early(320)))


def test_picture_is_told_in_words_too() -> None:
    svg = _early()
    title, told = svg.findall("title")[0], svg.findall("desc")[0]

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert "damper: value_state" in (told.text or "")
    assert "failure at 20.0 s" in (told.text or "")
    assert "Decided at 20.0 s." in (told.text or "")


@pytest.mark.parametrize("words", HOSTILE, ids=range(4))
def test_hostile_words_stay_text(words: str) -> None:
    lanes = [
        Lane(words, [Span(0, 9, words, SpanKind.OTHER), Mark(3, words, MarkKind.SAID), Mark(4, words, MarkKind.SENT)]),
        Lane(words, [Span(0, 0, words), Span(0, 9, words), Curve([(0, 0), (9, 1)], words)], decided=words),
    ]
    drawing = draw(Timeline(words, words, 0, -1, 10, lanes, [Span(1, 2, "within 1 s", SpanKind.DUE)], 5), 820, "t1")

    known = {"svg", "g", "title", "desc", "text", "rect", "line", "circle", "polygon", "polyline"}
    assert {one.tag for one in fromstring(drawing).iter()} <= known  # noqa: S314 - as above
    assert drawing.isprintable()
    assert len(drawing) < 10_000


PROGRESS = Lane("web", [Span(0, 8, "DOWNLOADING"), Curve([(1, 0), (4, 0.5), (6, 1)], "progress")], "DOWNLOADING 50%")


def _points(svg: Element) -> list[tuple[float, float]]:
    [line] = svg.iter("polyline")
    x_and_y = [one.split(",") for one in (line.get("points") or "").split()]
    return [(float(x), float(y)) for x, y in x_and_y]


def test_curve_is_a_line_within_its_span_that_rises_with_the_share() -> None:
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [PROGRESS], [], 4))
    [block] = [one for one in svg.iter("rect") if "span" in (one.get("class") or "")]
    top, height = float(block.get("y", "0")), float(block.get("height", "0"))
    first, middle, last = _points(svg)

    assert first[0] < middle[0] < last[0]
    assert top < last[1] < middle[1] < first[1] < top + height
    assert first[1] - middle[1] == pytest.approx(middle[1] - last[1], abs=0.11)
    assert len([one for one in svg.iter("circle") if one.get("class") == "told"]) == 3


def test_curve_leaves_room_for_the_words_of_its_span() -> None:
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [PROGRESS], [], None))
    [words] = [one for one in svg.iter("text") if one.text == "DOWNLOADING"]

    assert all(y > float(words.get("y", "0")) for _, y in _points(svg))


def test_lane_that_decided_is_marked_on_the_line_of_the_decision_and_says_so() -> None:
    other = Lane("status", [Span(0, 8, "RUNNING")])
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [PROGRESS, other], [], 4))
    [ring] = [one for one in svg.iter("circle") if one.get("class") == "decided"]
    [line] = [one for one in svg.iter("line") if one.get("class") == "decided"]

    assert ring.get("cx") == line.get("x1")
    assert {"web ○ decided here: DOWNLOADING 50%", "status"} <= set(_texts(svg))


def test_curve_and_decision_are_told_in_words_too() -> None:
    told = _drawn(Timeline("s", "o", 0, -1, 10, [PROGRESS], [], 4)).findall("desc")[0].text or ""

    assert "web: DOWNLOADING at 0.0 s; progress 0% at 1.0 s, 100% at 6.0 s. Decided here: DOWNLOADING 50%." in told


def test_curve_of_one_moment_is_a_dot() -> None:
    lane = Lane("web", [Span(0, 8, "DOWNLOADING"), Curve([(1, 0.5)], "progress")])
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [lane], [], None))

    assert len([one for one in svg.iter("circle") if one.get("class") == "told"]) == 1
    assert "progress 50% at 1.0 s" in (svg.findall("desc")[0].text or "")


def _in_spans(*spans: Span) -> list[str]:
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [Lane("x", spans)], [], None))
    return [text.text or "" for text in svg.iter("text") if (text.get("class") or "").startswith("in ")]


def test_span_tells_of_those_before_it_that_are_too_narrow_to_be_seen() -> None:
    assert _in_spans(Span(1, 1, "IDENTIFYING"), Span(1, 1, "IDENTIFIED"), Span(1, 9, "RUNNING"), Span(9, 10, "x")) == [
        "IDENTIFYING → IDENTIFIED → RUNNING",
        "x",
    ]


def test_words_of_a_span_are_cut_to_its_room() -> None:
    [cut] = _in_spans(Span(0, 1.2, "DOWNLOAD_SUCCESS"), Span(1.2, 1.3, "RUNNING"))

    assert cut.endswith("…")
    assert "DOWNLOAD_SUCCESS".startswith(cut[:-1])


def _labels(*marks: Mark) -> list[tuple[str, str | None]]:
    svg = _drawn(Timeline("s", "o", 0, -1, 10, [Lane("x", marks)], [], None))
    return [(text.text or "", text.get("text-anchor")) for text in svg.iter("text") if text.get("class") == "beside"]


def test_marks_that_touch_have_one_label() -> None:
    assert _labels(Mark(0, "wish"), Mark(0, "delta"), Mark(0.01, "delta"), Mark(5, "x")) == [
        ("wish; delta", "start"),
        ("x", "start"),
    ]


def test_label_stands_where_there_is_room_for_it() -> None:
    words = "a label of thirty letters here"

    assert _labels(Mark(9, words)) == [(words, "end")]
    assert _labels(Mark(0, words), Mark(9, "y")) == [(words, "start"), ("y", "start")]
    [cut, other] = _labels(Mark(0, words), Mark(1.5, words))
    assert (cut[0].endswith("…"), len(cut[0]) < len(words), other) == (True, True, (words, "start"))


@pytest.mark.parametrize("span", [0.001, 0.3, 7, 70, 3600, 1e6])
def test_axis_has_a_few_round_seconds(span: float) -> None:
    svg = _drawn(Timeline("s", "o", 0, -span / 20, span, [Lane("x", [Mark(0, "set", MarkKind.SENT)])], [], None))
    ticks = [text for text in svg.iter("text") if text.get("class") == "tick"]

    assert 3 <= len(ticks) <= 16
    assert "0 s" in [tick.text for tick in ticks]


def test_margin_is_a_bar_that_does_not_tell_by_colour_alone() -> None:
    kept, missed = (
        fromstring(draw_margin(LimitMargin((0, 0.8), (x, x), kept=x < 0.8)))  # noqa: S314 - as above
        for x in (0.2, 1.0)
    )

    assert kept[-1].get("class") == "kept"
    assert missed[-1].get("class") == "missed"
    assert float(missed[-1].get("x", "0")) > 0.8 * 120
    assert float(missed[-1].get("x", "0")) + float(missed[-1].get("width", "0")) <= 120
