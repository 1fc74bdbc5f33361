"""Every alteration, and every judgement that has none yet."""

from collections.abc import Mapping, Sequence

from tests.altered.alteration import Alteration
from tests.altered.etags import ETAGS
from tests.altered.expiries import EXPIRIES
from tests.altered.harmless import HARMLESS
from tests.altered.limits import LIMITS
from tests.altered.rates import RATES
from tests.altered.states import STATES
from tests.altered.statuses import STATUSES
from tests.altered.telemetries import TELEMETRIES
from tests.altered.whole_runs import WHOLE_RUNS

TABLE: Sequence[Alteration] = (
    *HARMLESS,
    *LIMITS,
    *RATES,
    *STATES,
    *ETAGS,
    *EXPIRIES,
    *STATUSES,
    *TELEMETRIES,
    *WHOLE_RUNS,
)

_BY_HAND = "What it asks is tried on histories made by hand, in tests/judging, and on deviations."

# Judgements without alterations, and why: none of them is asked about altered episodes. A key is what their ids begin
# with, from a whole folder (`system/`) down to one test (`writeback/test_etag::test_state_carries_an_etag`).
LACKING: Mapping[str, str] = {
    "connection/": _BY_HAND,
    "erroneous/": _BY_HAND,
    "logging/": _BY_HAND,
    "system/test_modes": _BY_HAND,
    "config/test_points": _BY_HAND,
    "config/test_states::test_states_carry_the_time": _BY_HAND,
    "config/test_states::test_device_is_operational": _BY_HAND,
    "config/test_states::test_states_go_on_naming": _BY_HAND,
    "config/test_states::test_states_that_say_nothing_new": _BY_HAND,
    "pointset/": "what they ask is tried on histories made by hand, in tests/judging",
    "status/": "likewise",
    "telemetry/": "likewise",
}
