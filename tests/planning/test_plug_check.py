"""The check that a vendor's own tests make of a plug: it passes ours, and names what is amiss with others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.planning import plug_check
from harness.planning.plug_check import check_plug
from harness.protocol import Protocol, protocols
from harness.protocols.replica.plug import REPLICA
from harness.protocols.udmi.plug import DEVICE, UDMI
from tests.packages import beside_setpoint, install_example


@pytest.mark.parametrize("plug", protocols(), ids=lambda plug: plug.name)
def test_plugs_of_ours_are_fit(plug: Protocol) -> None:
    check_plug(plug)


@pytest.fixture
def afresh() -> Iterator[None]:
    """Protocols are looked for once in a process."""
    protocols.cache_clear()
    yield
    protocols.cache_clear()


@pytest.mark.usefixtures("afresh")
def test_plug_of_a_vendor_is_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_example(tmp_path, "echo_protocol")
    with beside_setpoint(tmp_path, monkeypatch):
        (echo,) = (plug for plug in protocols() if plug.name == "echo")
        check_plug(echo)


_NOTHING: Any = object()


@pytest.mark.parametrize(
    ("changed", "amiss"),
    [
        ({"suites": "suites.nowhere"}, "should be the package suites.nowhere, which is not there"),
        ({"reader": dict}, "the reader of udmi-device makes {}; expected a Reader"),
        ({"doctor": dict}, "the doctor of udmi-device makes {}; expected a SubjectDoctor"),
        ({"counterparts": _NOTHING}, "the counterparts of udmi-device cannot be made"),
        ({"simulated": "nobody"}, "expected trace:PATH or one of"),
        ({"name": "acme-device"}, "no requirement is about acme-device"),
    ],
    ids=["suites", "reader", "doctor", "counterparts", "simulated", "name"],
)
def test_subject_of_which_something_is_not_there_is_named(
    changed: dict[str, Any], amiss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug = replace(UDMI, subjects=(replace(DEVICE, **changed),))
    monkeypatch.setattr(plug_check, "protocols", lambda: (plug,))

    with pytest.raises(AssertionError) as refused:
        check_plug(plug)

    assert amiss in str(refused.value)


def test_profile_that_is_not_read_as_it_was_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plug = replace(UDMI, check_profile=lambda _raw: _NOTHING)
    monkeypatch.setattr(plug_check, "protocols", lambda: (plug,))

    with pytest.raises(AssertionError, match="the profile of sim does not survive being written down"):
        check_plug(plug)


@pytest.mark.parametrize(
    ("plug", "amiss"),
    [
        (None, "this is no plug, as it is no Protocol, but a NoneType"),
        (replace(UDMI, specs=()), "this is no plug, as it has no specs"),
        (replace(UDMI), "udmi is not what is installed by that name"),
        (replace(REPLICA, name="acme"), "acme is not what is installed by that name"),
    ],
    ids=["nothing", "no specs", "another of that name", "not installed"],
)
def test_what_is_no_plug_is_named(plug: Any, amiss: str) -> None:  # noqa: ANN401 - anything
    with pytest.raises(AssertionError) as refused:
        check_plug(plug)

    assert str(refused.value).startswith(amiss)
