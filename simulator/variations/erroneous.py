"""Devices that break a clause on configs that are wrong, or only look so."""

from collections.abc import Callable
from dataclasses import replace

from harness.wire.udmi import Config, Field, State, Status, SystemState
from simulator import taking_in
from simulator.rules import KEPT, Rules
from simulator.system_rules import SystemRules, complaint
from simulator.variations.altering import with_points, with_system
from simulator.variations.variation import deviation, other_side, quirk


def _with(rules: SystemRules) -> Rules:
    return replace(KEPT, system=rules)


def _says(alter: Callable[[Status], Status]) -> Rules:
    """Another complaint about a config that cannot be worked on."""

    def altered(why: str, now: float) -> Status | None:
        status = complaint(why, now)
        return alter(status) if status else None

    return _with(SystemRules(complaint=altered))


def _complains(state: State | None) -> bool:
    return state is not None and state.system is not None and isinstance(state.system.status, Status)


def _names(instead: Callable[[State], Field[float]]) -> Rules:
    """Something else as last_config, while the device complains."""

    def renamed(state: State, _said: State | None) -> State:
        if not _complains(state):
            return state
        return with_system(state, lambda system: replace(system, last_config=instead(state)))

    return replace(KEPT, say=renamed)


def _waits(seconds: float) -> Rules:
    """The complaint is told no sooner than after so long; states come every second and a half."""

    def patient(state: State, _said: State | None) -> State:
        def hushed(system: SystemState) -> SystemState:
            since = system.status.timestamp if isinstance(system.status, Status) else None
            young = (
                isinstance(since, float) and isinstance(state.timestamp, float) and state.timestamp - since < seconds
            )
            return replace(system, status=None) if young else system

        return with_system(state, hushed)

    return replace(KEPT, say=patient, repeats_after=1.5)


def _without_version_too(config: Config) -> str | None:
    return taking_in.unusable(config if config.version is not None else replace(config, version="1.5.7"))


def _any_bytes(config: Config) -> str | None:
    """What is no UTF-8 is read as well as it can be."""
    problems = tuple(problem for problem in config.problems if problem.expected != "UTF-8")
    return taking_in.unusable(replace(config, problems=problems))


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
    return taking_in.unusable(config) or ("it has a field too many" if _has_unknown_fields(config) else None)


def _warns(config: Config, now: float) -> Status | None:
    return Status("A field is not known", "system.config.parse", 400, now) if _has_unknown_fields(config) else None


def _as_if_it_were_empty(config: Config) -> Config:
    return Config(0.0, config.version)


def _lets_text_pass_for_a_pointset(config: Config) -> str | None:
    problems = tuple(problem for problem in config.problems if problem.path != "pointset")
    return taking_in.unusable(replace(config, problems=problems))


def _wants_all_to_fit(config: Config) -> str | None:
    return taking_in.unusable(config) or (str(config.problems[0]) if config.problems else None)


ERRONEOUS = (
    deviation(
        "keeps-quiet-about-broken-configs",
        _with(SystemRules(complaint=lambda _why, _now: None)),
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
        _with(SystemRules(unusable=_without_version_too)),
        breaks="erroneous.is-reported",
        implies=(
            "erroneous.last-config-stays",
            "erroneous.config-before-stays",
            "erroneous.device-goes-on",
            "erroneous.is-logged",
        ),
    ),
    deviation(
        "takes-any-bytes",
        _with(SystemRules(unusable=_any_bytes)),
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
        _with(SystemRules(instead=_as_if_it_were_empty)),
        breaks="erroneous.config-before-stays",
        implies=("erroneous.last-config-stays", "erroneous.device-goes-on"),
    ),
    deviation("blames-the-pointset", replace(KEPT, say=_blames_the_pointset), breaks="erroneous.other-statuses-stay"),
    deviation("blames-its-points", replace(KEPT, say=_blames_its_points), breaks="erroneous.other-statuses-stay"),
    deviation(
        "never-stops-complaining",
        _with(SystemRules(takes_back=lambda known: known)),
        breaks="erroneous.is-over-with-a-good-config",
    ),
    deviation(
        "misses-the-config-after-a-broken-one",
        replace(KEPT, say=_misses_the_next),
        breaks="erroneous.is-over-with-a-good-config",
    ),
    deviation("stalls-after-a-broken-config", _with(SystemRules(stalls_for=12)), breaks="erroneous.device-goes-on"),
    deviation(
        "starts-anew-on-a-broken-config",
        _with(SystemRules(is_upset_by=lambda _why: True)),
        breaks="erroneous.device-goes-on",
        implies=(
            "erroneous.is-reported",
            "erroneous.last-config-stays",
            "erroneous.config-before-stays",
            "erroneous.other-statuses-stay",
            "erroneous.is-logged",
            "logging.metrics",
        ),
    ),
    deviation(
        "chokes-on-unknown-fields",
        _with(SystemRules(unusable=_chokes)),
        breaks="erroneous.unknown-field-is-ignored",
    ),
    deviation(
        "warns-of-unknown-fields", _with(SystemRules(remark=_warns)), breaks="erroneous.unknown-field-is-ignored"
    ),
    other_side(
        "takes-text-for-no-pointset",
        _with(SystemRules(unusable=_lets_text_pass_for_a_pointset)),
        shows="erroneous.wrong-type",
    ),
    other_side(
        "wants-every-field-to-fit", _with(SystemRules(unusable=_wants_all_to_fit)), shows="erroneous.wrong-type"
    ),
)
