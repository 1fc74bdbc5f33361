"""Devices that say of themselves what is not so, and devices that say it in their own way."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.words.messages import State, SystemState
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import with_system
from simulator.udmi.variations.variation import Remake, deviation, other_side, quirk


def _system(alter: Callable[[SystemState], SystemState]) -> StateRules:
    """Other words for itself, in every state."""
    return StateRules(say=lambda state, _said: with_system(state, alter))


def _at(alter: Callable[[Mapping[str, Field[str]]], Mapping[str, Field[str]]]) -> StateRules:
    return StateRules(say=lambda state, _said: replace(state, addresses=alter(state.addresses)))


def _before_the_first_config(state: State, _said: State | None) -> State:
    """The device reports its identity of shipping, until a config comes."""
    return state if state.last_config else with_system(state, lambda system: replace(system, serial_no="00000000"))


def _after_a_restart(system: SystemState) -> SystemState:
    is_the_first = isinstance(system.restart_count, int) and system.restart_count == 1
    return system if is_the_first else replace(system, software={**system.software, "firmware": "0.9"})


def _being(alter: Callable[[DeviceIdentity], DeviceIdentity]) -> Remake:
    """A device of another name, whose profile has that name."""

    def remade(file: DeviceFile) -> DeviceFile:
        identity = alter(file.identity)
        return replace(file, identity=identity, profile=replace(file.profile, nameplate=identity.nameplate))

    return remade


_ODD = "\U0001f321 \u201c9\u201d"

IDENTITIES = (
    deviation("says-another-make", _system(lambda who: replace(who, make="Generic")), breaks="identity.make-and-model"),
    deviation("says-another-model", _system(lambda who: replace(who, model="AHU 2")), breaks="identity.make-and-model"),
    deviation(
        "says-no-serial-number", _system(lambda who: replace(who, serial_no="")), breaks="identity.serial-number"
    ),
    deviation(
        "learns-its-serial-number",
        StateRules(say=_before_the_first_config),
        breaks="identity.serial-number",
    ),
    deviation(
        "software-of-the-factory",
        _system(lambda who: replace(who, software={"firmware": "0.1"})),
        breaks="identity.software",
    ),
    deviation(
        "software-without-firmware",
        _system(lambda who: replace(who, software={"bootloader": "1.0"})),
        breaks="identity.software",
    ),
    deviation("older-after-a-restart", _system(_after_a_restart), breaks="identity.software"),
    deviation("addresses-nowhere", _at(lambda _known: {}), breaks="identity.addresses"),
    deviation("address-of-the-factory", _at(lambda known: {**known, "ipv4": "10.0.0.1"}), breaks="identity.addresses"),
    deviation(
        "address-in-numbers",
        _at(lambda known: {**known, "ipv4": IllTyped(3221225991)}),
        breaks="identity.addresses",
        implies=("message.state-is-valid",),
    ),
    other_side(
        "lists-its-bootloader",
        _system(lambda who: replace(who, software={**who.software, "bootloader": "1.0"})),
        shows="identity.software-beside-the-profile",
    ),
    quirk("odd-names", device=_being(lambda who: replace(who, make="Zürich <Klima> & Söhne", model=_ODD))),
    quirk("without-addresses", device=_being(lambda who: replace(who, addresses={}))),
    quirk(
        "addresses-spelt-otherwise",
        _at(lambda known: {**known, "ether": "00-00-5E-00-53-01", "ipv6": "2001:0DB8:0:0:0:0:0:7"}),
    ),
    quirk("also-on-a-field-bus", _at(lambda known: {**known, "bacnet": "41489", "modbus": None})),
)
