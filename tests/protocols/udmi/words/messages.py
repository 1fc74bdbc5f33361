"""Messages at random: every one that can be said, with any of its fields missing or odd; and JSON that is none."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from harness.payload.values import JSON, Field, IllTyped, Value
from harness.protocols.udmi.words.messages import (
    Config,
    Mode,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    Status,
    SystemState,
    Telemetry,
    ValueState,
)

T = TypeVar("T")

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**300), 10**300)
_HOLDING: st.SearchStrategy[JSON] = st.booleans() | _NUMBERS | st.text()
_SCALARS: st.SearchStrategy[JSON] = st.none() | _HOLDING
_NAMES = st.text(max_size=8)
_OBJECTS: st.SearchStrategy[JSON] = st.dictionaries(_NAMES, _SCALARS, max_size=2)
_LISTS: st.SearchStrategy[JSON] = st.lists(_SCALARS, max_size=2)
_NESTED = _OBJECTS | _LISTS


def _field(good: st.SearchStrategy[T], wrong: st.SearchStrategy[JSON]) -> st.SearchStrategy[Field[T]]:
    """Missing, as promised, or odd."""
    return st.none() | good | (_NESTED | wrong).map(IllTyped)


_TEXTS = _field(st.text(), st.booleans() | _NUMBERS)
_FLAGS = _field(st.booleans(), _NUMBERS | st.text())
_LEVELS = _field(st.integers(-1000, 1000), st.booleans() | st.text() | st.just(0.5))
_RATES = _field(_NUMBERS, st.booleans() | st.text())
_VALUES: st.SearchStrategy[Field[Value]] = _field(st.booleans() | _NUMBERS | st.text(), st.nothing())
# Whole milliseconds, which is what goes over the wire, up to the year 2200.
_TIMES = _field(
    st.integers(0, 7_258_118_400_000).map(lambda milliseconds: milliseconds / 1000),
    st.booleans() | _NUMBERS | st.just("yesterday"),
)
_STATUSES = _field(
    st.builds(Status, message=_TEXTS, category=_TEXTS, level=_LEVELS, timestamp=_TIMES, detail=_TEXTS),
    st.booleans() | _NUMBERS | st.text(),
).filter(lambda status: not (isinstance(status, IllTyped) and isinstance(status.raw, dict)))
_POINT_STATES = st.builds(
    PointState,
    value_state=_field(st.sampled_from(ValueState), st.booleans() | _NUMBERS | st.just("busy")),
    status=_STATUSES,
    units=_TEXTS,
)
_POINT_CONFIGS = st.builds(
    PointConfig,
    set_value=_VALUES,
    units=_TEXTS,
    stop_time=_TIMES,
    cov_increment=_RATES,
    others=st.dictionaries(st.sampled_from(["ste_value", "rif", ""]), _HOLDING | _NESTED),
)
_SYSTEMS = st.builds(
    SystemState,
    last_config=_TIMES,
    operational=_FLAGS,
    mode=_field(st.sampled_from(Mode), st.booleans() | _NUMBERS | st.just("busy")),
    updating=_FLAGS,
    serial_no=_TEXTS,
    make=_TEXTS,
    model=_TEXTS,
    software=st.dictionaries(_NAMES, _TEXTS.filter(lambda version: version is not None), max_size=2),
    status=_STATUSES,
)

STATES = st.builds(
    State,
    timestamp=_TIMES,
    version=_TEXTS,
    system=st.none() | _SYSTEMS,
    pointset=st.none()
    | st.builds(
        PointsetState, etag=_TEXTS, points=st.dictionaries(_NAMES, _POINT_STATES, max_size=3), status=_STATUSES
    ),
)
CONFIGS = st.builds(
    Config,
    timestamp=_TIMES,
    version=_TEXTS,
    pointset=st.none()
    | st.builds(
        PointsetConfig,
        etag=_TEXTS,
        set_value_expiry=_TIMES,
        sample_rate_sec=_RATES,
        sample_limit_sec=_RATES,
        points=st.none() | st.dictionaries(_NAMES, _POINT_CONFIGS, max_size=3),
    ),
)
TELEMETRY = st.builds(
    Telemetry,
    timestamp=_TIMES,
    version=_TEXTS,
    readings=st.dictionaries(_NAMES, _VALUES, max_size=3),
    partial=_FLAGS,
)


def _vocabulary(whole: Mapping[str, Any]) -> set[str]:
    """Every name that stands in the message."""
    inside = [_vocabulary(part) for part in whole.values() if isinstance(part, Mapping)]
    return set(whole).union(*inside)


def json_in_words_of(*wholes: Mapping[str, Any]) -> st.SearchStrategy[bytes]:
    """JSON of any shape, whose names are often those of the messages; so anything may stand anywhere."""
    names = st.sampled_from(sorted(set[str]().union(*map(_vocabulary, wholes)))) | _NAMES
    scalars = _SCALARS | st.floats() | st.integers(10**400, 10**401)
    anything: st.SearchStrategy[JSON] = st.recursive(
        scalars,
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(names, inside, max_size=4),
        max_leaves=12,
    )
    return st.dictionaries(names, anything, max_size=4).map(lambda raw: json.dumps(raw).encode())
