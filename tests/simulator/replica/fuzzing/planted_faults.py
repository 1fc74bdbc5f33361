"""Faults of the service, each of another rule, that the search has to find. They were listed before it was written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica import document, merge, service, store
from simulator.replica.document import Document, Updated
from simulator.replica.merge import Object
from simulator.replica.rejection import Rejection
from simulator.replica.requests import Limits, UpdateRequest

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault, and the row of the requirements that it breaks."""

    row: str
    plant: Plant


def _rules(patch: pytest.MonkeyPatch, **changed: Callable[..., Any]) -> None:
    """A service that is made from now on has one rule changed."""
    real = service.ReplicaService.__init__

    def begin(self: service.ReplicaService, *given: Any, **named: Any) -> None:  # noqa: ANN401 - handed on
        real(self, *given, **named)
        self.rules = replace(self.rules, **changed)

    patch.setattr(service.ReplicaService, "__init__", begin)


def _keeps_nulls_inside(patch: pytest.MonkeyPatch) -> None:
    """A null removes a field at the top alone; further down it is stored."""

    def merged(old: JSON, new: JSON, *, is_inside: bool = False) -> JSON:
        if not isinstance(new, dict):
            return new
        content = dict(old) if isinstance(old, dict) else {}
        for name, value in new.items():
            if value is None and not is_inside:
                content.pop(name, None)
            else:
                content[name] = merged(content.get(name), value, is_inside=True)
        return content

    patch.setattr(document, "merged", merged)


def _merges_arrays(patch: pytest.MonkeyPatch) -> None:
    """The items of a shorter array replace the first ones of a longer."""

    def merged(old: JSON, new: JSON) -> JSON:
        if isinstance(old, list) and isinstance(new, list):
            return [*new, *old[len(new) :]]
        if not isinstance(new, dict):
            return new
        before = old if isinstance(old, dict) else {}
        kept = {name: value for name, value in before.items() if name not in new}
        return kept | {name: merged(before.get(name), value) for name, value in new.items() if value is not None}

    patch.setattr(document, "merged", merged)


def _counts_changes_alone(patch: pytest.MonkeyPatch) -> None:
    """An update that changes nothing keeps the version."""

    def changed(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
        after = document.updated(old, request, now, limits)
        same = old.exists and after.document.state == old.state
        return replace(after, document=replace(after.document, version=old.version)) if same else after

    _rules(patch, update=changed)


def _takes_older_versions(patch: pytest.MonkeyPatch) -> None:
    """A request with an older version than the document's is taken."""

    def updated(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
        is_old = request.version is not None and request.version < old.version
        return document.updated(old, replace(request, version=None) if is_old else request, now, limits)

    _rules(patch, update=updated)


def _counts_anew_after_delete(patch: pytest.MonkeyPatch) -> None:
    """A document that was deleted begins with version 1 again."""
    _rules(patch, delete=lambda _old: Document())


def _looks_at_the_top_of_a_delta(patch: pytest.MonkeyPatch) -> None:
    """The fields of objects that both sections have are not compared."""

    def difference(desired: Object, reported: Object) -> Object:
        whole = merge.difference(desired, reported)
        return {name: value for name, value in whole.items() if not isinstance(reported.get(name), dict)}

    patch.setattr(document, "difference", difference)


def _keeps_a_section_that_is_to_go(patch: pytest.MonkeyPatch) -> None:
    """`"desired": null` changes nothing."""

    def updated(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
        state = request.state
        if state is not None and "desired" in state and state["desired"] is None:
            request = replace(request, state={**state, "desired": {}})
        return document.updated(old, request, now, limits)

    _rules(patch, update=updated)


def _takes_names_of_other_case_for_one(patch: pytest.MonkeyPatch) -> None:
    """Devices whose ids differ in case alone share a document."""
    real = service.ReplicaService.ask

    def ask(self: service.ReplicaService, replica: ReplicaId, *rest: Any) -> service.Reply:  # noqa: ANN401 - handed on
        return real(self, ReplicaId(replica.device.lower(), replica.name), *rest)

    patch.setattr(service.ReplicaService, "ask", ask)


def _forgets_what_was_reported(patch: pytest.MonkeyPatch) -> None:
    """After a restart the reported section is gone."""
    real = store._read  # noqa: SLF001 - what is broken is inside
    patch.setattr(store, "_read", lambda content: replace(real(content), reported=None))


def _keeps_what_was_refused(patch: pytest.MonkeyPatch) -> None:
    """An update that is refused for its size stands all the same."""
    real = service.ReplicaService._update  # noqa: SLF001 - likewise

    def update(self: service.ReplicaService, replica: ReplicaId, body: JSON, now: float) -> service.Reply:
        try:
            return real(self, replica, body, now)
        except Rejection as rejection:
            if rejection.code == 413 and replica in self.documents:
                generous = service.ReplicaService(self.scheme, Limits(size=10**9), self.documents)
                real(generous, replica, body, now)
            raise

    patch.setattr(service.ReplicaService, "_update", update)


FAULTS: Mapping[str, PlantedFault] = {
    "keeps nulls inside": PlantedFault("RS-19", _keeps_nulls_inside),
    "merges arrays": PlantedFault("RS-17", _merges_arrays),
    "counts changes alone": PlantedFault("RS-21", _counts_changes_alone),
    "takes older versions": PlantedFault("RS-22", _takes_older_versions),
    "counts anew after delete": PlantedFault("RS-41", _counts_anew_after_delete),
    "looks at the top of a delta": PlantedFault("RS-14", _looks_at_the_top_of_a_delta),
    "keeps a section that is to go": PlantedFault("RS-20", _keeps_a_section_that_is_to_go),
    "takes names of other case for one": PlantedFault("RS-11", _takes_names_of_other_case_for_one),
    "forgets what was reported": PlantedFault("RS-09", _forgets_what_was_reported),
    "keeps what was refused": PlantedFault("RS-38", _keeps_what_was_refused),
}
