"""The contracts on imports bind every plug there is, and none has an exception."""

import tomllib

import pytest

from tests.runs import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
PLUGS = sorted(file.parent.name for file in (ROOT / "harness" / "protocols").glob("*/__init__.py"))
BRIDGED = {"replica", "update"}  # the bridge speaks the words of both, and belongs to neither
INDIRECTLY = {"A simulated device starts no broker; a service may bring its own"}  # docs/decisions/0130 says why


def test_no_import_is_ignored() -> None:
    assert not [contract["name"] for contract in CONTRACTS if "ignore_imports" in contract]


def test_contracts_hold_whatever_the_way_from_one_module_to_the_other() -> None:
    loose = {contract["name"] for contract in CONTRACTS if contract.get("allow_indirect_imports")}

    assert loose == INDIRECTLY


@pytest.mark.parametrize("plug", PLUGS)
def test_every_plug_is_protected(plug: str) -> None:
    [contract] = [one for one in CONTRACTS if one.get("protected_modules") == [f"harness.protocols.{plug}"]]

    bridge = {"simulator.bridge"} if plug in BRIDGED else set[str]()
    assert set(contract["allowed_importers"]) <= {f"simulator.{plug}", f"suites.{plug}", *bridge}
