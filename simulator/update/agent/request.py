"""A desired state as an agent reads it, and the checks that it must pass before anything is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from harness.payload.fields import Fields
from harness.payload.values import IllTyped
from harness.protocols.update.words.desired_state import DesiredState, read_desired_state
from harness.protocols.update.words.envelope import Enveloped
from harness.protocols.update.words.pairs import ConfigForm
from simulator.update.agent.components import Installed, SimulatedComponent, Stock


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """`activity`: its id; "" where messages are bare. `flaws`: what cannot be read of it, or is lacking.

    `unknown`: fields that stand in no document. `domain`: the agent's own. `known`: the components that it knows.
    `config_forms`: in which configurations came.
    """

    activity: str
    state: DesiredState
    flaws: tuple[str, ...]
    domain: str
    known: Mapping[str, SimulatedComponent]
    unknown: tuple[str, ...] = ()
    config_forms: frozenset[ConfigForm] = frozenset()

    @property
    def wanted(self) -> Stock:
        """All that is desired of the first domain that it names, as if that were the agent's own."""
        first = next(iter(self.state.domains), None)
        components = first.components if first else ()
        return {f"{self.domain}:{one.id}": Installed(one.version, one.config) for one in components}


def read_request(
    message: Enveloped, activity: str, domain: str, known: Mapping[str, SimulatedComponent]
) -> UpdateRequest:
    """Of a message that has an activity's id, or needs none."""
    body = message.body
    if body is None:
        return UpdateRequest(activity, DesiredState(), ("the desired state has no payload",), domain, known)
    flaws = [*_gaps(body)]
    state = read_desired_state(body)
    flaws += map(str, message.problems)
    unknown, forms = tuple(_unknown(body)), frozenset(_config_forms(body))
    return UpdateRequest(activity, state, tuple(flaws), domain, known, unknown, forms)


def _unknown(body: Fields) -> Iterator[str]:
    yield from body.unknown("baselines", "domains")
    for domain in body.blocks("domains"):
        if not isinstance(domain, IllTyped):
            yield from domain.unknown("id", "config", "components")
            for component in domain.blocks("components"):
                if not isinstance(component, IllTyped):
                    yield from component.unknown("id", "version", "config")


def _config_forms(body: Fields) -> Iterator[ConfigForm]:
    for domain in body.blocks("domains"):
        for component in () if isinstance(domain, IllTyped) else domain.blocks("components"):
            if not isinstance(component, IllTyped) and "config" in component.names():
                yield ConfigForm.OBJECT if component.is_object("config") else ConfigForm.LIST


def _gaps(body: Fields) -> Iterator[str]:
    """The fields that it must have and lacks."""
    names = {*body.names()}
    if "domains" not in names:
        yield "the desired state has no domains"
    for domain in body.blocks("domains"):
        if not isinstance(domain, IllTyped):
            if lacking := {"id", "components"}.difference(domain.names()):
                yield f"a domain has no {min(lacking)}"
            yield from _gaps_of_components(domain)


def _gaps_of_components(domain: Fields) -> Iterator[str]:
    for component in domain.blocks("components"):
        if not isinstance(component, IllTyped) and (lacking := {"id", "version"}.difference(component.names())):
            yield f"a component has no {min(lacking)}"


Check: TypeAlias = Callable[[UpdateRequest], str | None]
"""The reason why a desired state cannot be identified; None: there is none."""


def is_whole(request: UpdateRequest) -> str | None:
    """It can be read, and lacks nothing."""
    return request.flaws[0] if request.flaws else None


def has_one_domain(request: UpdateRequest) -> str | None:
    """A manager gives an agent its own part alone."""
    count = len(request.state.domains)
    return None if count == 1 else f"one domain expected in desired state, {count} received"


def is_of_own_domain(request: UpdateRequest) -> str | None:
    """That part is the agent's."""
    others = [domain.id for domain in request.state.domains if domain.id != request.domain]
    return f"domain id mismatch - expecting {request.domain}, received {others[0]}" if others else None


def names_each_once(request: UpdateRequest) -> str | None:
    """A component cannot have two versions."""
    names = [one.id for domain in request.state.domains for one in domain.components]
    twice = [name for name in names if names.count(name) > 1]
    return f"component {twice[0]} is there more than once" if twice else None


def names_known_components(request: UpdateRequest) -> str | None:
    """The agent knows each of them."""
    unknown = [name for name in request.wanted if name not in request.known]
    return f"unknown component {unknown[0]}" if unknown else None


def names_known_versions(request: UpdateRequest) -> str | None:
    """There is such a version of each."""
    for name, one in request.wanted.items():
        if name in request.known and not request.known[name].knows(one.version):
            return f"unknown version {one.version} of component {name}"
    return None


def has_known_baselines(request: UpdateRequest) -> str | None:
    """A baseline is of components that are desired."""
    for baseline in request.state.baselines:
        unknown = [name for name in baseline.components if name not in request.wanted]
        if unknown:
            return f"baseline {baseline.title} has unknown component {unknown[0]}"
    return None


def configures_in(form: ConfigForm) -> Check:
    """Configurations are in that form alone."""

    def check(request: UpdateRequest) -> str | None:
        return f"a config that is no {form}" if request.config_forms - {form} else None

    return check


def configures_each(request: UpdateRequest) -> str | None:
    """Each component comes with a configuration."""
    bare = [one.id for domain in request.state.domains for one in domain.components if not one.config]
    return f"no config of component {bare[0]}" if bare else None


def has_known_fields(request: UpdateRequest) -> str | None:
    """Every field is one that the documents have."""
    return f"unknown field {request.unknown[0]}" if request.unknown else None


CHECKS: tuple[Check, ...] = (
    is_whole,
    has_one_domain,
    is_of_own_domain,
    names_each_once,
    names_known_components,
    names_known_versions,
    has_known_baselines,
)


def all_but(*left_out: Check) -> tuple[Check, ...]:
    """Every check but these."""
    return tuple(check for check in CHECKS if check not in left_out)


def first_flaw(request: UpdateRequest, checks: tuple[Check, ...]) -> str | None:
    """The reason of the first check that it does not pass."""
    return next((flaw for check in checks if (flaw := check(request)) is not None), None)
