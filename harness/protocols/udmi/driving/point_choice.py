"""Which of the profile's points a scenario gets; and what is recorded where the profile, or the device, has none."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from harness.clock import utc
from harness.driving.not_reached import NotReachedError
from harness.payload.values import Value
from harness.protocols.udmi.driving.settling_times import LATE, SettlingTimes
from harness.protocols.udmi.profile import POINTLESS, Point, PointKind, Profile, Setting
from harness.record.kinds import Lacked
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder


class PointChoice:
    """`held`: points that did not come free, and why no scenario can write them: another of the kind is taken instead.

    A scenario that needs a kind of which every point is held ends there. `settling`: how long writes were seen to take.
    A device that has no writable point and a slow one takes writes all the same: then that is asked.
    """

    def __init__(self, profile: Profile, record: Recorder, held: Mapping[str, str], settling: SettlingTimes) -> None:
        self._profile, self._record, self._held, self._settling = profile, record, held, settling
        self._lacking = set[str]()

    @property
    def names(self) -> list[str]:
        """Every point of the profile."""
        return list(self._profile.points)

    def needs_points(self) -> None:
        """Raises NotApplicable where the profile surely has none."""
        if not self._profile.points:
            raise self._none(POINTLESS)

    def point(self, kind: str, *, goods: int = 1, lines: Mapping[str, str] = MappingProxyType({})) -> Point:
        """A point of that kind with so many good values. Raises NotApplicable, with the line to add, without one.

        `lines`: those that the profile may have for it, by the label of what cannot be done without.
        """
        found = self._of(kind)
        if not found:
            raise self._none(self._lack(kind, 1))
        rich = [point for point in found if len(point.good) >= goods]
        if not rich:
            raise self._none(
                f"no {kind} point has {goods} good values: if one takes more, add them to its line good = […]"
            )
        point = self._free(rich)[0]
        for label, line in lines.items():
            if getattr(point, line) is None:
                self._lack_of(label, f"{point.name} has no {line}: if there is such a value, add the line {line} = …")
        return point

    def spare(self, kind: str, label: str) -> list[Point]:
        """The second point of that kind, if there is one; else it is recorded as lacking under that label."""
        found = self._of(kind)
        free = [point for point in found if point.name not in self._held][1:2]
        if not free:
            self.lacks(kind, label, count=2)
        return free

    def another(self, kind: str, than: Point, label: str) -> list[Point]:
        """One of that kind beside the other, if there is one; else it is recorded as lacking under that label."""
        free = [point for point in self._of(kind) if point.name not in (than.name, *self._held)][:1]
        if not free:
            self.lacks(kind, label, count=2)
        return free

    def late(self, *, goods: int = 1) -> Point:
        """A point that is known to take more than 5 s: a slow one, one that was seen to, one that says that it may.

        Raises NotApplicable, with the line to add, without one.
        """
        found = [point for point in self._late if len(point.good) >= goods]
        if found:
            return self._free(found)[0]
        if self._late:
            few = f"{self._late[0].name} takes its time, and has fewer than {goods} good values"
            raise NotApplicable(f"{few}: if it takes more, add them to its line good = […]")
        if not self._profile.points:
            raise NotApplicable(POINTLESS)
        raise NotApplicable(
            f"{self._lack(PointKind.SLOW, 1)}, or settles_within = SECONDS to one that is writable and late"
        )

    def candidates(self, *, goods: int = 1) -> list[Point]:
        """Those that are to be tried before one is `late`. Raises NotApplicable where trying would not help."""
        untried = self.untried(goods=goods)
        if not untried:
            self.late(goods=goods)
        return untried

    def foresee_another(self, kind: str, label: str) -> None:
        """Whether there is `another` beside the one that is late, where that is known already."""
        for late in [point for point in self._late if point.name not in self._held][:1]:
            self.another(kind, late, label)

    def untried(self, *, goods: int = 1) -> list[Point]:
        """One or two points of which it is not yet known how long they take, where no point is known to take long."""
        if self._late:
            return []
        found = [point for point in self._of(PointKind.WRITABLE) if point.name not in self._held][:2]
        return [p for p in found if self._settling.seconds(p.name) is None and len(p.good) >= goods]

    def takes(self, point: Point) -> float:
        """Seconds that a write of the point takes: the longest that this run has seen, or else what it may take."""
        seen = self._settling.seconds(point.name)
        return point.settles_in if seen is None else seen

    def lacks_points(self, labels: Sequence[str]) -> None:
        """Record that what these labels ask does not concern a device without such points."""
        guess = self._profile.guess
        for label in () if self._profile.points else labels:
            self._lack_of(label, guess or POINTLESS, hindered=guess is not None)

    def beside_written(self, kind: str, label: str, *, at_most: int = 1) -> None:
        """Points that are not written where so many of that kind are, at most; without any, the label is lacking."""
        if len(self.names) <= min(at_most, len(self._of(kind))):
            self._lack_of(label, "every point of the profile was written: if the device has more, add one")

    def beside_listed(self, label: str) -> None:
        """Points that a list can leave out; without any, the label is lacking."""
        if len(self.names) == 1:
            self._lack_of(label, "the profile has a single point, which no config can do without: add another")

    def does_without(self, label: str, why: str) -> None:
        """Record that what the label asks is not done, as it does not concern the device."""
        self._lack_of(label, why)

    def lacks(self, kind: str, *labels: str, count: int = 1) -> None:
        """Record that what these labels ask of a point of that kind cannot be done.

        It does not concern a device of whose points none is of that kind; where one is held, or may be of that kind for
        all that anybody has confirmed, it is only not to be seen.
        """
        found = self._of(kind)
        held = next((self._held[point.name] for point in found if point.name in self._held), None)
        obstacle = held if len(found) >= count else self._profile.guess
        for label in labels:
            self._lack_of(label, obstacle or self._lack(kind, count), hindered=obstacle is not None)

    def convertible(self, kind: str) -> tuple[Point, str, Value]:
        """A point of that kind which can be switched to other units, those units, and a good value in them."""
        self.needs_points()
        found = [point for point in self._of(kind) if point.elsewhere]
        for point in self._free(found) if found else ():
            for units, value in point.elsewhere.items():
                return point, units, value
        raise self._none(
            f"no {kind} point can be switched to other units: give one of [points.*] a line such as "
            "elsewhere = { Degrees-Fahrenheit = 68.0 }, a good value in them"
        )

    def movable(self) -> Point:
        """A point whose own value can be moved; if there is one, a point that is never written to."""
        self.needs_points()
        points = sorted(self._profile.points.values(), key=lambda point: point.kind is not PointKind.READ_ONLY)
        found = [point for point in points if point.moves]
        if found:
            return self._free(found)[0]
        raise NotApplicable(
            "no point can be moved: if a bench can make one show other values, give it a line such as "
            "moves = [20.0, 22.5, 26.0], the first of which it is left at, and say how in [provocations.move]"
        )

    def number(self, kind: str, *, goods: int) -> Point:
        """A point of that kind with so many good values, all of them numbers."""
        self.needs_points()
        found = [
            point
            for point in self._of(kind)
            if len(point.good) >= goods and not any(isinstance(value, bool | str) for value in point.good)
        ]
        if found:
            return self._free(found)[0]
        wanted = f"{goods} good values that are numbers"
        raise self._none(f"no {kind} point has {wanted}: if one takes more, add them to its line good = […]")

    def one_of_each(
        self, kinds: Sequence[str], beside: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> list[Setting]:
        """A good value for a point of each kind, labelled so; a kind that is not offered is recorded as lacking.

        `beside`: by kind, the labels of what else is done to that point.
        """
        settings: list[Setting] = []
        for kind in kinds:
            free = [point for point in self._of(kind) if point.name not in self._held]
            if free:
                settings.append(free[0].to(free[0].good[0], kind))
            else:
                self.lacks(kind, kind, *beside.get(kind, ()))
        return settings

    @property
    def _late(self) -> list[Point]:
        writable = self._profile.of_kind(PointKind.WRITABLE)
        seen = [point for point in writable if self._settling.is_late(point.name)]
        unseen = [point for point in writable if self._settling.seconds(point.name) is None]
        declared = [point for point in unseen if point.settles_within and point.settles_within > LATE]
        return [*self._profile.of_kind(PointKind.SLOW), *seen, *declared]

    def _lack_of(self, label: str, remedy: str, *, hindered: bool = False) -> None:
        if label not in self._lacking:
            self._lacking.add(label)
            self._record.append(Lacked(utc(), label, remedy, hindered=hindered))

    def _of(self, kind: str) -> list[Point]:
        """Every point of that kind; where none is writable, slow ones are."""
        found = self._profile.of_kind(PointKind(kind))
        return self._profile.of_kind(PointKind.SLOW) if not found and kind == PointKind.WRITABLE else found

    def _free(self, found: list[Point]) -> list[Point]:
        """Those that are not held. Raises NotReachedError where all are: the scenario ends here."""
        free = [point for point in found if point.name not in self._held]
        if not free:
            raise NotReachedError(self._held[found[0].name])
        return free

    def _none(self, lack: str) -> NotApplicable | NotReachedError:
        """That no point will do; as long as one is only guessed, that is not sure."""
        guess = self._profile.guess
        return NotReachedError(guess) if guess else NotApplicable(lack)

    def _lack(self, kind: str, count: int) -> str:
        """The lack, and the line to add: a point of the kind itself, or values to write."""
        if not self._profile.points:
            return POINTLESS
        mute = [point.name for point in self._profile.points.values() if point.kind == kind and not point.good]
        if mute:
            few = f"no {kind} point has" if count == 1 else f"fewer than {count} {kind} points have"
            return f"{few} good values: if {mute[0]} may be written, or another, add them to its line good = […]"
        few, more = ("no point is", "one") if count == 1 else (f"fewer than {count} points are", "another")
        return (
            f'{few} {kind}: if the device has {more} that is, add it with the line kind = "{kind}" and its good values'
        )
