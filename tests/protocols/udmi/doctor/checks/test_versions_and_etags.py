"""The version that messages name, and the etags of states."""

from dataclasses import replace

import pytest

from harness.doctor.problem import Severity
from harness.protocols.udmi.doctor.case import Said
from harness.protocols.udmi.doctor.checks.etags import ETAGS
from harness.protocols.udmi.doctor.checks.versions import VERSIONS
from harness.protocols.udmi.words.messages import PointsetState, State
from harness.protocols.udmi.words.spec import Spec
from tests.protocols.udmi.doctor.cases import case, found, is_sound, state


def without_etag(*, points: bool = True) -> Said[State]:
    """A state that has none, of points or of none."""
    said = state()
    pointset = PointsetState(None, said.message.points if points else {})
    return replace(said, message=replace(said.message, pointset=pointset))


def test_version_that_is_none_is_told() -> None:
    problem = found(VERSIONS, case(said=[b'{"version": "1.5.7"}', b'{"version": "1.4."}', b'{"version": "1.4."}']))

    assert problem.weight is Severity.MINOR
    assert problem.what == "2 of its 3 messages name '1.4.' as version, which is none."


@pytest.mark.parametrize("version", ['"1.5.7"', '"1.5.7-12-g3fc8b6d"', "1", "null"])
def test_version_that_is_one_or_the_schemas_business_is_sound(version: str) -> None:
    assert not list(VERSIONS.find(case(said=[f'{{"version": {version}}}'.encode()])))


def test_states_of_points_without_an_etag_are_told_once() -> None:
    problem = found(ETAGS, case(states=[without_etag(), without_etag()]))

    assert problem.what.startswith("none of its 2 states with points has a pointset.state_etag. ")


def test_device_that_sends_etags_or_has_no_points_lacks_none() -> None:
    assert is_sound(ETAGS, case(states=[state(), without_etag()]))
    assert not list(ETAGS.find(case(states=[without_etag(points=False)])))


def test_spec_that_knows_no_etag_misses_none() -> None:
    older = replace(case(states=[without_etag()]), spec=Spec.POINTSET_2021)

    assert not list(ETAGS.find(older))
