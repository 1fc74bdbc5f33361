"""The service's document and that of the suites are two models of one rule, and share no code."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from harness.payload.values import JSON
from harness.protocols.replica.judging import flat_document
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves, flat, is_leaf_for_leaf
from simulator.replica import document, merge
from simulator.replica.document import Document, updated
from simulator.replica.requests import Limits, update_of

Patch = Mapping[str, dict[str, JSON] | None] | None

DEEP = Limits(depth=20)
NAMES = st.sampled_from(["a", "b", "timestamp"])
SCALARS: st.SearchStrategy[JSON] = st.one_of(st.booleans(), st.integers(0, 2), st.sampled_from(["", "x", 1.0, 0.5]))
VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.one_of(SCALARS, st.none()),
    lambda inner: st.one_of(st.dictionaries(NAMES, inner, max_size=3), st.lists(SCALARS, max_size=2)),
    max_leaves=6,
)
SECTIONS = st.one_of(st.none(), st.dictionaries(NAMES, VALUES, max_size=3))
UPDATES: st.SearchStrategy[list[Patch]] = st.lists(
    st.one_of(st.none(), st.dictionaries(st.sampled_from(["desired", "reported"]), SECTIONS, max_size=2)), max_size=6
)


@settings(max_examples=300, deadline=None)
@given(UPDATES)
def test_both_models_hold_the_same_after_any_updates(patches: list[Patch]) -> None:
    assert not _differ(patches)


def _keeps_nulls(old: JSON, patch: JSON) -> JSON:
    """Merge, but a null is stored."""
    if not isinstance(patch, dict):
        return patch
    content = dict(old) if isinstance(old, dict) else {}
    return content | {name: _keeps_nulls(content.get(name), value) for name, value in patch.items()}


def _replaces_objects(_old: JSON, patch: JSON) -> JSON:
    """Merge, but only at the top: an object inside replaces the one before."""
    return merge.merged({}, patch)


def _drops_empty_objects(old: JSON, patch: JSON) -> JSON:
    """Merge, but an object that loses its last field goes with it."""
    content = merge.merged(old, patch)
    if not isinstance(content, dict):
        return content
    return {name: value for name, value in content.items() if value != {}}


def _forgets(leaves: Leaves, _patch: object) -> Leaves:
    return leaves


def _puts_beside(leaves: Leaves, patch: Mapping[str, JSON] | None) -> Leaves:
    """Set leaves, but remove nothing that they replace."""
    return {**leaves, **flat(dict(patch or {}))}


@pytest.mark.parametrize("fault", [_keeps_nulls, _replaces_objects, _drops_empty_objects])
def test_fault_in_the_merge_of_the_service_is_found(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[..., JSON]
) -> None:
    monkeypatch.setattr(document, "merged", fault)

    assert _is_found()


@pytest.mark.parametrize("fault", [_forgets, _puts_beside])
def test_fault_in_the_patch_of_the_suites_is_found(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Leaves]
) -> None:
    monkeypatch.setattr(flat_document, "_patched", fault)

    assert _is_found()


def _is_found() -> bool:
    try:
        find(UPDATES, _differ, settings=settings(max_examples=500, deadline=None, database=None))
    except NoSuchExample:
        return False
    return True


def _differ(patches: list[Patch]) -> bool:
    """Whether the models disagree after any of the updates."""
    tree, leaves = Document(), FlatDocument()
    for time, patch in enumerate(patches):
        tree = updated(tree, update_of({"state": cast("Any", patch)}, DEEP), time, DEEP).document
        leaves = leaves.after(patch)
        agree = (
            tree.version == leaves.version
            and is_leaf_for_leaf(flat(_section(tree, "desired")), leaves.desired)
            and is_leaf_for_leaf(flat(_section(tree, "reported")), leaves.reported)
            and is_leaf_for_leaf(flat(tree.delta), leaves.delta)
        )
        if not agree:
            return True
    return False


def _section(tree: Document, name: str) -> dict[str, JSON]:
    return cast("dict[str, JSON]", tree.state.get(name, {}))
