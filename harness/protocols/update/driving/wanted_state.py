"""The whole desired state that a counterpart sends: what is not desired is removed, so it names all that is to stay."""

from collections.abc import Mapping, Sequence

from harness.protocols.update.driving.component_choice import base
from harness.protocols.update.profile import DeclaredComponent, UpdateProfile
from harness.protocols.update.words.desired_state import Baseline, DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.pairs import ConfigForm

Versions = Mapping[DeclaredComponent, str | None]


def wanted_state(
    profile: UpdateProfile,
    versions: Versions,
    there: Mapping[str, str],
    baselines: Sequence[Baseline] = (),
    form: ConfigForm | None = None,
) -> DesiredState:
    """These versions; of other components that may be changed the first, else the one that is there (`there`).

    A component whose version is None is to go. `form`: of configurations; None: the usual one of the profile.
    """
    declared = {one.id: base(one) for one in profile.components if one.is_settable}
    rest = {one.id: base(one) for one in profile.components if not one.is_settable}
    wanted: dict[str, str | None] = {**rest, **there, **declared}
    wanted |= {one.id: version for one, version in versions.items()}
    return _of(
        profile, {name: version for name, version in wanted.items() if version}, profile.domains, baselines, form
    )


def found_state(profile: UpdateProfile, found: Mapping[str, str]) -> DesiredState:
    """Every component in the version that it had at first contact; that of a played agent in its first version.

    A played agent comes and goes with the run, so whether it was there is no matter. What is not named is removed.
    """
    own = {name: version for name, version in found.items() if version and not profile.is_played(name)}
    versions = own | {one.id: base(one) for one in profile.components if profile.is_played(one.id)}
    return _of(profile, versions, tuple(dict.fromkeys(name.partition(":")[0] for name in versions)))


def _of(
    profile: UpdateProfile,
    versions: Mapping[str, str],
    domains: Sequence[str],
    baselines: Sequence[Baseline] = (),
    form: ConfigForm | None = None,
) -> DesiredState:
    parts = (
        DesiredDomain(
            domain,
            tuple(
                _component(profile, name, version)
                for name, version in versions.items()
                if name.partition(":")[0] == domain
            ),
        )
        for domain in domains
    )
    return DesiredState(tuple(parts), tuple(baselines), form or profile.config_forms[0])


def _component(profile: UpdateProfile, name: str, version: str) -> DesiredComponent:
    declared = profile.component(name)
    return DesiredComponent(name.partition(":")[2], version, declared.config_for(version) if declared else ())
