"""Devices that break a clause on configs that are wrong, or only look so."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Config, State, Status, SystemState
from simulator.udmi.rules import StateRules, config_check
from simulator.udmi.rules.system_rules import SystemRules, complaint
from simulator.udmi.variations.narrowing import with_points, with_system
from simulator.udmi.variations.variation import deviation, other_side, quirk


def _says(alter: Callable[[Status], Status]) -> SystemRules:
    """Another complaint about a config that cannot be worked on."""

    def altered(why: str, now: float) -> Status | None:
        status = complaint(why, now)
        return alter(status) if status else None

    return SystemRules(complaint=altered)


def _complains(state: State | None) -> bool:
    return state is not None and state.system is not None and isinstance(state.system.status, Status)


def _names(instead: Callable[[State], Field[float]]) -> StateRules:
    """Something else as last_config, while the device complains."""

    def renamed(state: State, _said: State | None) -> State:
        if not _complains(state):
            return state
        return with_system(state, lambda system: replace(system, last_config=instead(state)))

    return StateRules(say=renamed)


def _waits(seconds: float) -> StateRules:
    """The complaint is told no sooner than after so long; states come every second and a half."""

    def patient(state: State, _said: State | None) -> State:
        def hushed(system: SystemState) -> SystemState:
            since = system.status.timestamp if isinstance(system.status, Status) else None
            young = (
                isinstance(since, float) and isinstance(state.timestamp, float) and state.timestamp - since < seconds
            )
            return replace(system, status=None) if young else system

        return with_system(state, hushed)

    return StateRules(say=patient, repeats_after=1.5)


def _without_version_too(config: Config) -> str | None:
    return config_check.unusable(config if config.version is not None else replace(config, version="1.5.7"))


def _any_bytes(config: Config) -> str | None:
    """Bytes that are no UTF-8 are decoded as well as can be."""
    problems = tuple(problem for problem in config.problems if problem.expected != "UTF-8")
    return config_check.unusable(replace(config, problems=problems))


def _blames_the_pointset(state: State, _said: State | None) -> State:
    if not _complains(state) or state.system is None or state.pointset is None:
        return state
    return replace(state, pointset=replace(state.pointset, status=state.system.status))


def _blames_its_points(state: State, _said: State | None) -> State:
    if not _complains(state) or state.system is None:
        return state
    return with_points(state, {n: replace(p, status=state.system.status) for n, p in state.points.items()})


def _misses_the_next(state: State, said: State | None) -> State:
    """The first config after a complaint is not named."""
    if said is None or not _complains(said) or _complains(state):
        return state
    return with_system(state, lambda system: replace(system, last_config=said.last_config))


def _has_unknown_fields(config: Config) -> bool:
    points = (config.pointset.points if config.pointset else None) or {}
    return bool(config.unknown) or any(point.others for point in points.values())


def _chokes(config: Config) -> str | None:
    return config_check.unusable(config) or ("it has a field too many" if _has_unknown_fields(config) else None)


def _warns(config: Config, now: float) -> Status | None:
    return Status("A field is not known", "system.config.parse", 400, now) if _has_unknown_fields(config) else None


def _as_if_it_were_empty(config: Config) -> Config:
    return Config(0.0, config.version)


def _lets_text_pass_for_a_pointset(config: Config) -> str | None:
    problems = tuple(problem for problem in config.problems if problem.path != "pointset")
    return config_check.unusable(replace(config, problems=problems))


def _wants_all_to_fit(config: Config) -> str | None:
    return config_check.unusable(config) or (str(config.problems[0]) if config.problems else None)


def _lets_its_writes_through(config: Config) -> Config | None:
    """Of a config without version no more is taken than what it writes."""
    if config.version is not None or config.pointset is None or config.timestamp is None:
        return None
    return replace(config, pointset=replace(config.pointset, sample_rate_sec=_RATE))


def _names_what_was_before(state: State, said: State | None) -> State:
    if not _complains(state) or said is None:
        return state
    return with_system(state, lambda system: replace(system, last_config=said.last_config))


_RATE = 2.0  # seconds: what the good configs ask for

ERRONEOUS = (
    deviation(
        "keeps-quiet-about-broken-configs",
        SystemRules(complaint=lambda _why, _now: None),
        breaks="erroneous.is-reported",
    ),
    deviation(
        "plays-broken-configs-down", _says(lambda status: replace(status, level=400)), breaks="erroneous.is-reported"
    ),
    deviation(
        "complains-in-words-of-its-own",
        _says(lambda status: replace(status, category="device.config.bad")),
        breaks="erroneous.is-reported",
    ),
    deviation("complains-after-10-5-s", _waits(10.5), breaks="erroneous.is-reported"),
    quirk("complains-after-9-s", _waits(8.0)),
    deviation(
        "takes-configs-without-version",
        SystemRules(unusable=_without_version_too),
        breaks="erroneous.is-reported",
        implies=(
            "erroneous.last-config-stays",
            "erroneous.config-before-stays",
            "erroneous.is-logged",
        ),
    ),
    deviation(
        "takes-any-bytes",
        SystemRules(unusable=_any_bytes),
        breaks="erroneous.is-reported",
        implies=("erroneous.last-config-stays", "erroneous.config-before-stays"),
    ),
    deviation(
        "names-when-a-broken-config-came",
        _names(lambda state: state.timestamp),
        breaks="erroneous.last-config-stays",
        implies=("config.last-config-is-its-timestamp",),
    ),
    deviation("forgets-what-it-works-on", _names(lambda _state: None), breaks="erroneous.last-config-stays"),
    deviation(
        "falls-back-to-nothing",
        SystemRules(instead=_as_if_it_were_empty),
        breaks="erroneous.config-before-stays",
        implies=("erroneous.last-config-stays", "erroneous.device-goes-on"),
    ),
    deviation(
        "writes-without-a-version",
        SystemRules(instead=_lets_its_writes_through),
        StateRules(say=_names_what_was_before),
        breaks="erroneous.config-before-stays",
    ),
    deviation("blames-the-pointset", StateRules(say=_blames_the_pointset), breaks="erroneous.other-statuses-stay"),
    deviation("blames-its-points", StateRules(say=_blames_its_points), breaks="erroneous.other-statuses-stay"),
    deviation(
        "never-stops-complaining",
        SystemRules(takes_back=lambda known: known),
        breaks="erroneous.is-over-with-a-good-config",
    ),
    deviation(
        "misses-the-config-after-a-broken-one",
        StateRules(say=_misses_the_next),
        breaks="erroneous.is-over-with-a-good-config",
    ),
    deviation("stalls-after-a-broken-config", SystemRules(stalls_for=12), breaks="erroneous.device-goes-on"),
    deviation(
        "starts-anew-on-a-broken-config",
        SystemRules(is_upset_by=lambda _why: True),
        breaks="erroneous.device-goes-on",
        implies=(
            "erroneous.is-reported",
            "erroneous.last-config-stays",
            "erroneous.config-before-stays",
            "erroneous.other-statuses-stay",
            "erroneous.is-logged",
            "logging.metrics",
            "connection.stays-up",
        ),
    ),
    deviation(
        "chokes-on-unknown-fields",
        SystemRules(unusable=_chokes),
        breaks="erroneous.unknown-field-is-ignored",
    ),
    deviation("warns-of-unknown-fields", SystemRules(remark=_warns), breaks="erroneous.unknown-field-is-ignored"),
    other_side(
        "takes-text-for-no-pointset",
        SystemRules(unusable=_lets_text_pass_for_a_pointset),
        shows="erroneous.wrong-type",
    ),
    other_side("wants-every-field-to-fit", SystemRules(unusable=_wants_all_to_fit), shows="erroneous.wrong-type"),
)
