"""The components that a scenario demands of a profile: each demand is one question, asked before any drive too."""

from dataclasses import dataclass

from harness.protocols.update.profile import DeclaredComponent, OnNewDesiredState, UpdateProfile
from harness.protocols.update.words.status import PhaseCommand
from harness.record.left_out import NotApplicable
from harness.text import printable

_EXAMPLE = DeclaredComponent("containers:web", ("1.0",))
_TWO = 2


@dataclass(frozen=True)
class ComponentChoice:
    """Of one profile. Each raises NotApplicable, with the line to add, where the profile does not meet it."""

    profile: UpdateProfile

    def settable(self) -> DeclaredComponent:
        """One that may be changed; rather one that can fail."""
        return min(self.all_settable(), key=lambda one: not one.fails)

    def configured(self) -> DeclaredComponent:
        """One that may be changed and is desired with a configuration, where that is taken in several forms."""
        if len(self.profile.config_forms) < _TWO:
            raise NotApplicable(
                "the profile says that a configuration is taken in one form: "
                'config_forms = ["list", "object"], and [components."containers:web"] config = { image = "…" }'
            )
        for one in self.profile.settable:
            if one.config and one.domain not in self.profile.played:
                return one
        raise NotApplicable('no component that may be changed has a configuration: config = { image = "…" }')

    def two_settable(self) -> tuple[DeclaredComponent, DeclaredComponent]:
        """Two that may be changed, in one domain."""
        for one in self.profile.settable:
            for other in self.profile.settable:
                if one is not other and one.domain == other.domain:
                    return one, other
        raise NotApplicable(f"fewer than two components of one domain have {self._two_versions}")

    def all_settable(self) -> tuple[DeclaredComponent, ...]:
        """Every one that may be changed."""
        if not self.profile.settable:
            raise NotApplicable(f"no component has {self._two_versions}")
        return self.profile.settable

    def unidentifiable(self) -> DeclaredComponent:
        """One with a version that cannot be identified."""
        for one in self.profile.components:
            if one.unknown is not None:
                return one
        raise NotApplicable('no component says a version that cannot be identified: unknown = "no-such-version"')

    def failing_in_download(self) -> DeclaredComponent:
        """One with a version whose download fails."""
        return self._failing(PhaseCommand.DOWNLOAD)

    def failing_in_update(self) -> DeclaredComponent:
        """One with a version whose update fails."""
        return self._failing(PhaseCommand.UPDATE)

    def failing_in_activation(self) -> DeclaredComponent:
        """One with a version whose activation fails."""
        return self._failing(PhaseCommand.ACTIVATE)

    def removable(self) -> DeclaredComponent:
        """One that may be removed; rather one of an agent that is not played."""
        found = [one for one in self.profile.components if one.removable]
        if not found:
            raise NotApplicable("no component may be removed: removable = true")
        return min(found, key=lambda one: one.domain in self.profile.played)

    def played(self) -> DeclaredComponent:
        """One that may be changed, of a domain whose agent the harness plays."""
        for one in self.profile.settable:
            if one.domain in self.profile.played:
                return one
        raise NotApplicable(
            'the harness plays no agent of this device that has a component: played = ["lab"], '
            '[components."lab:probe"] versions = ["1", "2"]'
        )

    def two_played(self) -> tuple[DeclaredComponent, DeclaredComponent]:
        """Two such, of two domains."""
        firsts = {one.domain: one for one in reversed(self.profile.settable)}
        found = [firsts[domain] for domain in self.profile.played if domain in firsts]
        if len(found) < _TWO:
            raise NotApplicable('the harness plays fewer than two agents of this device: played = ["lab", "field"]')
        return found[0], found[1]

    def own(self) -> DeclaredComponent:
        """One that may be changed, of an agent that is the device's own; rather one that can fail."""
        found = [one for one in self.all_settable() if one.domain not in self.profile.played]
        if not found:
            raise NotApplicable(f"no component of an agent of the device's own has {self._two_versions}")
        return min(found, key=lambda one: not one.fails)

    def consented(self) -> bool:
        """That the device asks an owner."""
        if not self.profile.consent:
            raise NotApplicable('the profile names no command that needs an owner: consent = ["DOWNLOAD"]')
        return True

    def consented_or_superseded(self) -> bool:
        """That it does, and that a desired state which waits for the owner can be followed by another."""
        policy = self.profile.on_new_desired_state
        if policy is not OnNewDesiredState.SUPERSEDE:
            raise NotApplicable(f'the profile says on_new_desired_state = "{policy}"')
        return self.consented()

    def consented_later(self) -> PhaseCommand:
        """A command behind the download for which the device asks an owner, where a denial is to be rolled back."""
        later = [one for one in (PhaseCommand.UPDATE, PhaseCommand.ACTIVATE) if one in self.profile.consent]
        if not later:
            raise NotApplicable('the profile names no later command that needs an owner: consent = ["UPDATE"]')
        self.rolls_back()
        return later[0]

    def rolls_back(self) -> bool:
        """That the agent knows ROLLBACK."""
        if not self.profile.rolls_back:
            raise NotApplicable("the profile says rolls_back = false")
        return True

    def named(self) -> bool:
        """That messages name their activity: without, nobody can tell what comes again, or of somebody else."""
        if not self.profile.envelope:
            raise NotApplicable("the profile says envelope = false, and without one no message names its activity")
        return True

    @property
    def _two_versions(self) -> str:
        """The line that lets a component be changed: of one that is declared, if any is."""
        one = next((one for one in self.profile.components if not one.is_settable), _EXAMPLE)
        version = printable(one.versions[0])
        return f'two `versions`: [components."{one.id}"] versions = ["{version}", "{_another(version)}"]'

    def _failing(self, command: PhaseCommand) -> DeclaredComponent:
        for one in self.profile.components:
            if command in one.fails:
                return one
        name = command.lower()
        raise NotApplicable(f'no component says a version that fails in that phase: fails = {{ {name} = "9.1" }}')


def _another(version: str) -> str:
    """A version that may stand for the one behind it: its last digit is one more."""
    return f"{version[:-1]}{int(version[-1]) + 1}" if version[-1:] in tuple("012345678") else "…"


def base(one: DeclaredComponent) -> str:
    """The version that it has before each scenario."""
    return one.versions[0]


def other(one: DeclaredComponent) -> str:
    """The version that a scenario wants instead."""
    return one.versions[1]
