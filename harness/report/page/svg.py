"""Timelines and margins as inline SVG. Colours are the style sheet's; nothing is told by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10
from xml.etree.ElementTree import Element, SubElement, tostring

from harness.judging.lanes import Curve, Item, Lane, Mark, MarkKind, Span
from harness.report.figures import not_reported
from harness.report.page.limit_margin import LimitMargin
from harness.report.page.timeline import Timeline
from harness.text import printable_lines, shortened

_SIDE = 8  # pixels left and right of everything
_LETTER, _CAPITAL = 6.3, 8.2  # pixels that a letter takes, about
_ROW, _BODY, _GAP = 16, 22, 10  # heights: of a line of text, of what a lane shows, between lanes
_RISE = 14  # more for a lane with a curve, which lies beneath the words of the spans
_LONGEST, _LONGEST_WHOLE = 40, 120  # letters of a label, and of one that tells what passed before
_THEN = " → "  # between what followed each other
_SHORTEST = 8  # letters of one that was cut
_TOUCH = 3  # pixels: two marks that are nearer are one


def draw(timeline: Timeline, width: int, name: str) -> str:
    """The whole picture, `width` pixels wide; `name` is unique on the page. What it shows is also told in words."""
    return _Drawing(timeline, width, name).svg()


def draw_margin(margin: LimitMargin) -> str:
    """A bar: what is allowed, and the figure in it."""
    width, height = 120, 12
    svg = Element("svg", _text({"class": "margin", "viewBox": f"0 0 {width} {height}", "aria-hidden": "true"}))
    SubElement(svg, "rect", _text({"class": "scale", "x": 0, "y": 4, "width": width, "height": 4, "rx": 2}))
    low, high = margin.allowed
    allowed = {"x": _px(low * width), "width": _px((high - low) * width), "y": 2, "height": 8, "rx": 2}
    SubElement(svg, "rect", _text({"class": "allowed", **allowed}))
    least, most = (min(max(side * width, 1.5), width - 1.5) for side in margin.measured)
    figure = {"x": _px(least - 1.5), "width": _px(most - least + 3), "y": 0, "height": height, "rx": 1}
    SubElement(svg, "rect", _text({"class": "kept" if margin.kept else "missed", **figure}))
    return _as_html(svg)


@dataclass
class _Drawing:
    timeline: Timeline
    width: int
    name: str
    y: float = 0
    deciding: list[float] = field(default_factory=list)  # the middles of the lanes in which it was decided
    root: Element = field(default_factory=lambda: Element("svg"))
    titles: Element = field(default_factory=lambda: Element("g"))  # above all that crosses them

    def svg(self) -> str:
        due, decided = bool(self.timeline.due), self.timeline.decided is not None
        top = _ROW * (due + (due or decided))
        behind = SubElement(self.root, "g")
        self.y = top + 4
        for lane in self.timeline.lanes:
            self._lane(lane)
        bottom = self.y
        self._axis(bottom)
        self._windows(behind, bottom)
        self._decision(bottom)
        self.root.append(self.titles)
        height = bottom + _ROW + 6
        described = {"role": "img", "aria-labelledby": f"{self.name}-title {self.name}-told"}
        size = {"viewBox": f"0 0 {self.width} {_px(height)}", "width": self.width, "height": _px(height)}
        self.root.attrib.update(_text({"class": "timeline", **size, **described}))
        self._told()
        return _as_html(self.root)

    def _x(self, seconds: float) -> float:
        span = self.timeline.end - self.timeline.start
        return _SIDE + (seconds - self.timeline.start) / span * (self.width - 2 * _SIDE)

    def _add(self, tag: str, text: str | None = None, to: Element | None = None, **attributes: object) -> Element:
        named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        element = SubElement(self.root if to is None else to, tag, _text(named))
        element.text = text
        return element

    def _lane(self, lane: Lane) -> None:
        said = lane.title if lane.decided is None else f"{lane.title} ○ decided here: {lane.decided}"
        title = _fitted(printable_lines(shortened(said, _LONGEST_WHOLE)), self.width - 2 * _SIDE)
        self._add("text", title, to=self.titles, class_="title", x=_SIDE, y=_px(self.y + 11))
        self.y += _ROW
        curves = [item for item in lane.items if isinstance(item, Curve)]
        body = _BODY + (_RISE if curves else 0)
        passed: list[str] = []  # the words of spans that are too narrow to be seen
        for span in (item for item in lane.items if isinstance(item, Span)):
            self._span(span, body, passed)
            narrow = self._x(span.end) - self._x(span.start) < _TOUCH
            passed = [*passed, span.words] if narrow else []
        for curve in curves:
            self._curve(curve, self.y + body - 3)
        self._marks([item for item in lane.items if isinstance(item, Mark)])
        if lane.decided is not None:
            self.deciding.append(self.y + _BODY / 2)
        self.y += body + _GAP

    def _span(self, span: Span, body: float, passed: Sequence[str]) -> None:
        """Its words, and those of what passed in a moment before it, as far as there is room."""
        x, end = self._x(span.start), self._x(span.end)
        wide = max(end - x, 1.5)
        box = {"x": _px(x), "y": _px(self.y), "width": _px(wide), "height": body, "rx": 2}
        label = printable_lines(not_reported(span.words), _LONGEST)
        group = self._add("g")
        self._add("title", f"{span.start:.1f} to {span.end:.1f} s: {label}", to=group)
        SubElement(group, "rect", _text({"class": f"span {span.kind}", **box}))
        whole = printable_lines(not_reported(_THEN.join([*passed[:_MOST_TOLD], span.words])), _LONGEST_WHOLE)
        shown = whole if _width(whole) <= wide - 8 else _fitted(label, wide - 8)
        if shown:
            self._add("text", shown, to=group, class_=f"in {span.kind}", x=_px(x + 6), y=_px(self.y + 15))

    def _curve(self, curve: Curve, floor_y: float) -> None:
        """A line from one moment at which it was told to the next, and a dot at each: 0 at the floor, 1 on top."""
        told = [(self._x(at), floor_y - share * _RISE) for at, share in curve.shares]
        group = self._add("g")
        self._add("title", _told(curve), to=group)
        self._add("polyline", to=group, class_="curve", points=" ".join(f"{_px(x)},{_px(y)}" for x, y in told))
        last = -10.0
        for x, y in told:
            if x - last >= _TOUCH:
                self._add("circle", to=group, class_="told", cx=_px(x), cy=_px(y), r=2)
                last = x

    def _marks(self, marks: Sequence[Mark]) -> None:
        """Dots on a line; a label where it is news, and there is room for it."""
        if not marks:
            return
        middle = self.y + _BODY / 2
        self._add("line", class_="wire", x1=_SIDE, x2=self.width - _SIDE, y1=_px(middle), y2=_px(middle))
        last = -10.0
        for mark in marks:
            x = self._x(mark.at)
            if not mark.news and x - last < _TOUCH:
                continue
            last = x
            group = self._add("g")
            self._add("title", f"{mark.at:.1f} s: {printable_lines(mark.words, _LONGEST)}", to=group)
            self._shape(group, mark, x, middle)
        self._labels([mark for mark in marks if mark.news], middle)

    def _labels(self, news: Sequence[Mark], middle: float) -> None:
        """Of marks that touch, one label: right of them, or left where there is more room, and cut to what there is."""
        heaps: list[tuple[float, list[str]]] = []
        for mark in news:
            x = self._x(mark.at)
            if not heaps or x - heaps[-1][0] >= _TOUCH:
                heaps.append((x, []))
            heaps[-1][1].append(mark.words)
        taken = float(_SIDE)
        for number, (x, words) in enumerate(heaps):
            following = heaps[number + 1][0] if number + 1 < len(heaps) else self.width
            right, left = following - x - 14, x - taken - 14
            label = printable_lines(shortened("; ".join(dict.fromkeys(words)), _LONGEST))
            is_left = _width(label) > right and left > right
            shown = _fitted(label, left if is_left else right)
            if shown:
                at, anchor = (x - 8, "end") if is_left else (x + 7, "start")
                self._add("text", shown, class_="beside", x=_px(at), y=_px(middle + 4), text_anchor=anchor)
                taken = x if is_left else x + 7 + _width(shown)
            taken = max(taken, x)

    def _shape(self, group: Element, mark: Mark, x: float, y: float) -> None:
        """Round for what the device says, pointed for what is done to it."""
        match mark.kind:
            case MarkKind.SENT:
                corners = f"{_px(x - 5)},{_px(y - 6)} {_px(x + 5)},{_px(y - 6)} {_px(x)},{_px(y + 6)}"
                self._add("polygon", to=group, class_="sent", points=corners)
            case MarkKind.PROVOKED:
                edge = ((x, y - 7), (x + 6, y), (x, y + 7), (x - 6, y))
                corners = " ".join(f"{_px(a)},{_px(b)}" for a, b in edge)
                self._add("polygon", to=group, class_="provoked", points=corners)
            case MarkKind.SAID:
                radius = 4 if mark.news else 2.5
                self._add("circle", to=group, class_=mark.kind, cx=_px(x), cy=_px(y), r=radius)

    def _windows(self, behind: Element, bottom: float) -> None:
        for number, due in enumerate(self.timeline.due):
            x, end = self._x(due.start), self._x(due.end)
            box = {"x": _px(x), "y": _ROW, "width": _px(max(end - x, 1)), "height": _px(bottom - _ROW)}
            SubElement(behind, "rect", _text({"class": "due", **box}))
            for edge in (x, end):
                self._add("line", to=behind, class_="edge", x1=_px(edge), x2=_px(edge), y1=_ROW, y2=_px(bottom))
            if number == 0:
                self._label(f"due {due.words}", (x + end) / 2, 11, "due")

    def _decision(self, bottom: float) -> None:
        """The moment of the decision: a message, or the end of a window in which none came."""
        decided, due = self.timeline.decided, self.timeline.due
        if decided is None and not due:
            return
        at, words = (due[-1].end, "not by") if decided is None else (decided, "decided at")
        x, y = self._x(at), _ROW * bool(due)
        self._add("line", class_="decided", x1=_px(x), x2=_px(x), y1=y + _ROW, y2=_px(bottom))
        for middle in self.deciding if decided is not None else ():
            self._add("circle", class_="decided", cx=_px(x), cy=_px(middle), r=3.5)
        self._label(f"▼ {words} {at:.1f} s", x, y + 12, "decided")

    def _label(self, label: str, x: float, y: float, kind: str) -> None:
        """Centred, unless that would leave the picture."""
        half = _width(label) / 2
        inside = min(max(x, _SIDE + half), self.width - _SIDE - half)
        self._add("text", label, class_=f"label {kind}", x=_px(inside), y=_px(y), text_anchor="middle")

    def _axis(self, y: float) -> None:
        self._add("line", class_="axis", x1=_SIDE, x2=self.width - _SIDE, y1=_px(y), y2=_px(y))
        for seconds in _ticks(self.timeline.start, self.timeline.end, self.width):
            x = self._x(seconds)
            self._add("line", class_="axis", x1=_px(x), x2=_px(x), y1=_px(y), y2=_px(y + 4))
            inside = min(max(x, _SIDE + 12), self.width - _SIDE - 12)
            self._add("text", f"{seconds:g} s", class_="tick", x=_px(inside), y=_px(y + 16), text_anchor="middle")

    def _told(self) -> None:
        """The same in words, for who cannot see it."""
        told = [_lane_told(lane) for lane in self.timeline.lanes]
        told += [f"Due {due.words}: from {due.start:.1f} to {due.end:.1f} s." for due in self.timeline.due]
        if self.timeline.decided is not None:
            told.append(f"Decided at {self.timeline.decided:.1f} s.")
        title, words = Element("title", {"id": f"{self.name}-title"}), Element("desc", {"id": f"{self.name}-told"})
        title.text = printable_lines(
            f"Timeline of {self.timeline.scenario}, in seconds from {self.timeline.origin}", 200
        )
        words.text = printable_lines(" ".join(told), 2000)
        self.root[:0] = [title, words]


def _lane_told(lane: Lane) -> str:
    decided = "" if lane.decided is None else f" Decided here: {lane.decided}."
    return f"{lane.title}: {'; '.join(_words(lane.items))}.{decided}"


def _words(items: Sequence[Item]) -> list[str]:
    """The first of what changes."""
    news = [item for item in items if not isinstance(item, Mark) or item.news]
    more = [f"and {len(news) - _MOST_TOLD} more"] if len(news) > _MOST_TOLD else []
    return [*map(_told, news[:_MOST_TOLD]), *more]


def _told(item: Item) -> str:
    if isinstance(item, Curve):
        (since, first), (until, last) = item.shares[0], item.shares[-1]
        grown = f" at {since:.1f} s, {last:.0%} at {until:.1f} s" if len(item.shares) > 1 else f" at {since:.1f} s"
        return f"{printable_lines(item.words, _LONGEST)} {first:.0%}{grown}"
    at = item.start if isinstance(item, Span) else item.at
    return f"{printable_lines(not_reported(item.words), _LONGEST)} at {at:.1f} s"


def _width(text: str) -> float:
    """Pixels, about."""
    return sum(_CAPITAL if letter.isupper() else _LETTER for letter in text)


def _fitted(text: str, room: float) -> str:
    """As much of the text as has room, if that is enough to be read; else nothing."""
    if _width(text) <= room:
        return text
    shown = text
    while shown and _width(shown) + _LETTER > room:
        shown = shown[:-1]
    return f"{shown}…" if len(shown) >= _SHORTEST else ""


def _ticks(start: float, end: float, width: int) -> list[float]:
    """Round seconds, at least so far apart that their labels have room."""
    rough = (end - start) / (width / 60)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = floor(start / step), floor(end / step)
    return [round(number * step, 6) + 0.0 for number in range(first, last + 1) if number * step >= start]


def _px(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")


def _text(attributes: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in attributes.items()}


def _as_html(svg: Element) -> str:
    return tostring(svg, encoding="unicode")


_MOST_TOLD = 12  # of a lane's items
