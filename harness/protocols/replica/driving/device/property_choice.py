"""The properties that a scenario demands of a profile: each demand is one question, asked before any drive too."""

from dataclasses import dataclass

from harness.driving.scenario import Scenario
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty, DeviceProfile, device_profile
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder
from harness.target.declared import Declared

_SETTABLE = 'two values in `good`: [properties.brightness] type = "integer", good = [40, 80]'


@dataclass(frozen=True)
class PropertyChoice:
    """Of one profile. Each raises NotApplicable, with the line to add, where the profile does not meet it."""

    profile: DeviceProfile

    def settable(self) -> DeclaredProperty:
        """One of which two values may be desired."""
        return self.two_settable()[0] if len(self.profile.settable) > 1 else self._settable(1)[0]

    def two_settable(self) -> tuple[DeclaredProperty, DeclaredProperty]:
        """Two such. Not the one that others count, where there are enough."""
        counted = {one.counts for one in self.profile.properties.values()}
        several = sorted(self._settable(2), key=lambda one: one.name in counted)
        return several[0], several[1]

    def all_settable(self) -> tuple[DeclaredProperty, ...]:
        """Every one."""
        return self._settable(1)

    def siblings(self) -> tuple[DeclaredProperty, DeclaredProperty]:
        """Two such in one object."""
        for one in self.profile.settable:
            for other in self.profile.settable:
                if one is not other and len(one.path) > 1 and one.path[:-1] == other.path[:-1]:
                    return one, other
        raise NotApplicable(
            'no two properties lie in one object, as [properties."color.hue"] does with "color.saturation"'
        )

    def limited(self) -> DeclaredProperty:
        """One with an impossible value."""
        for one in self.profile.settable:
            if one.impossible is not None:
                return one
        raise NotApplicable("no property says a value that it never takes: impossible = 400")

    def counted(self) -> DeclaredProperty:
        """One whose executions another counts."""
        for counter in self.profile.properties.values():
            counted = self.profile.properties.get(counter.counts or "")
            if counted and counted.is_settable:
                return counted
        raise NotApplicable('no property counts how often another is executed: read_only = true, counts = "power"')

    def changing(self) -> DeclaredProperty:
        """One that can be changed on the device itself: rather one that nobody else sets."""
        several = [one for one in self.profile.properties.values() if len(one.good) > 1]
        if not several:
            raise NotApplicable(f"no property has {_SETTABLE}")
        return min(several, key=lambda one: not one.read_only)

    def _settable(self, count: int) -> tuple[DeclaredProperty, ...]:
        if len(self.profile.settable) < count:
            raise NotApplicable(f"fewer than {count} properties have {_SETTABLE}")
        return self.profile.settable


def base(one: DeclaredProperty) -> JSON:
    """The value that it has before each scenario."""
    return one.good[0]


def other(one: DeclaredProperty) -> JSON:
    """The value that a scenario wants instead."""
    return one.good[1]


def check_demands(scenario: Scenario, declared: Declared, recorder: Recorder) -> None:
    """Ask what it demands of a profile alone. Raises NotApplicable as in a drive."""
    del recorder
    choice = PropertyChoice(device_profile(declared))
    for ask in scenario.demands.values():
        ask(choice)
