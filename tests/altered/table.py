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

_WRITTEN: Sequence[Alteration] = (
    *HARMLESS,
    *LIMITS,
    *RATES,
    *STATES,
    *ETAGS,
    *EXPIRIES,
    *STATUSES,
    *TELEMETRIES,
)

# Their questions are asked of whole runs now (`suites/invariants/`), and only single episodes are altered so far: these
# rows wait until whole runs are.
WAITING = frozenset(
    {
        "test_states_keep_a_second_apart",
        "test_state_carries_an_etag",
        "test_etag_is_a_string_of_at_most_32_characters",
        "test_etag_stays_while_nothing_changes",
        "test_level_of_a_status_is_between_100_and_800",
        "test_message_of_a_status_is_one_line",
        "test_message_of_a_status_begins_with_its_point",
    }
)
TABLE: Sequence[Alteration] = tuple(row for row in _WRITTEN if row.judgement.partition("[")[0] not in WAITING)

_BY_HAND = "What it asks is tried on histories made by hand, in tests/judging, and on deviations."

# Judgements without alterations, and why: none of them is asked about altered episodes. A key is what their ids begin
# with, from a whole folder (`system/`) down to one test (`writeback/test_etag::test_state_carries_an_etag`).
LACKING: Mapping[str, str] = {
    "connection/": _BY_HAND,
    "erroneous/": _BY_HAND,
    "logging/": _BY_HAND,
    "system/": _BY_HAND,
    "config/test_points": _BY_HAND,
    "config/test_states::test_states_carry_the_time": _BY_HAND,
    "config/test_states::test_device_is_operational": _BY_HAND,
    "config/test_states::test_states_go_on_naming": _BY_HAND,
    "config/test_states::test_states_that_say_nothing_new": _BY_HAND,
    "pointset/": "what they ask is tried on histories made by hand, in tests/judging",
    "status/": "likewise",
    "telemetry/": "likewise",
}
