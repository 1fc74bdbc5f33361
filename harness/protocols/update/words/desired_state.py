"""The desired state: the components that each domain is to have, and baselines that go together. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.payload.fields import Fields
from harness.payload.values import JSON, IllTyped
from harness.protocols.update.words.envelope import pairs_as_json
from harness.protocols.update.words.pairs import ConfigForm, Pairs, pairs_in

Object = dict[str, JSON]


@dataclass(frozen=True, slots=True)
class DesiredComponent:
    """One component; its id is without the domain's."""

    id: str
    version: str
    config: Pairs = ()


@dataclass(frozen=True, slots=True)
class DesiredDomain:
    """All that a domain is to have: what it has beside it is to go."""

    id: str
    components: tuple[DesiredComponent, ...] = ()
    config: Pairs = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """Components that go together; their ids have their domain before them."""

    title: str
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DesiredState:
    """The components of every domain, and baselines. `config_form`: of every configuration in it."""

    domains: tuple[DesiredDomain, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    config_form: ConfigForm = ConfigForm.LIST

    def domain(self, name: str) -> DesiredDomain | None:
        """That domain; None: nothing is desired of it."""
        return next((domain for domain in self.domains if domain.id == name), None)

    def components_of(self, title: str) -> tuple[str, ...]:
        """The components of the baseline of that title; none where there is no such baseline."""
        return next((one.components for one in self.baselines if one.title == title), ())

    def versions(self) -> dict[str, str]:
        """The version of every component, by its id with the domain's before it."""
        return {f"{domain.id}:{one.id}": one.version for domain in self.domains for one in domain.components}

    def undesired(self, before: Iterable[str]) -> list[str]:
        """The components of its domains that were there before, and that it does not desire."""
        domains, desired = {domain.id for domain in self.domains}, self.versions()
        return [name for name in before if name.partition(":")[0] in domains and ":" in name and name not in desired]

    def configs(self) -> dict[str, Pairs]:
        """The configuration of every component, sorted, by its id with the domain's before it."""
        return {
            f"{domain.id}:{one.id}": tuple(sorted(one.config)) for domain in self.domains for one in domain.components
        }

    def as_json(self) -> Object:
        """The payload of its message."""
        content: Object = {}
        if self.baselines:
            content["baselines"] = [{"title": one.title, "components": [*one.components]} for one in self.baselines]
        content["domains"] = [_domain_as_json(domain, self.config_form) for domain in self.domains]
        return content


def read_desired_state(body: Fields) -> DesiredState:
    """Of a message's payload, as far as it can be read; what is amiss is listed among the message's problems.

    A configuration is read in either form, and the form is not kept.
    """
    baselines = (_baseline(entry) for entry in body.blocks("baselines") if not isinstance(entry, IllTyped))
    domains = (_domain(entry) for entry in body.blocks("domains") if not isinstance(entry, IllTyped))
    return DesiredState(
        tuple(one for one in domains if one is not None), tuple(one for one in baselines if one is not None)
    )


def _domain(fields: Fields) -> DesiredDomain | None:
    name = fields.text("id")
    components, config = tuple(_components(fields)), pairs_in(fields, "config")
    return DesiredDomain(name, components, config) if isinstance(name, str) else None


def _components(fields: Fields) -> Iterator[DesiredComponent]:
    for entry in fields.blocks("components"):
        if not isinstance(entry, IllTyped):
            name, version, config = entry.text("id"), entry.text("version"), pairs_in(entry, "config")
            if isinstance(name, str) and isinstance(version, str):
                yield DesiredComponent(name, version, config)


def _baseline(fields: Fields) -> Baseline | None:
    title = fields.text("title")
    return Baseline(title, fields.texts("components")) if isinstance(title, str) else None


def _domain_as_json(domain: DesiredDomain, form: ConfigForm) -> Object:
    components: list[JSON] = [_component_as_json(one, form) for one in domain.components]
    content: Object = {"id": domain.id, "components": components}
    return content | _config(domain.config, form)


def _component_as_json(one: DesiredComponent, form: ConfigForm) -> Object:
    content: Object = {"id": one.id, "version": one.version}
    return content | _config(one.config, form)


def _config(pairs: Sequence[tuple[str, str]], form: ConfigForm) -> Object:
    if not pairs:
        return {}
    return {"config": pairs_as_json(pairs) if form is ConfigForm.LIST else dict(pairs)}
