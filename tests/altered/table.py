"""Every alteration, and every judgement that has none."""

from collections.abc import Mapping, Sequence

from tests.altered.alteration import Alteration
from tests.altered.broken import BROKEN
from tests.altered.changes import CHANGES
from tests.altered.connections import CONNECTIONS
from tests.altered.etags import ETAGS
from tests.altered.expiries import EXPIRIES
from tests.altered.harmless import HARMLESS
from tests.altered.journals import JOURNALS
from tests.altered.limits import LIMITS
from tests.altered.metrics import METRICS
from tests.altered.modes import MODES
from tests.altered.paces import PACES
from tests.altered.point_lists import POINT_LISTS
from tests.altered.point_statuses import POINT_STATUSES
from tests.altered.rates import RATES
from tests.altered.state_headers import STATE_HEADERS
from tests.altered.states import STATES
from tests.altered.status_entries import STATUS_ENTRIES
from tests.altered.survival import SURVIVAL
from tests.altered.telemetries import TELEMETRIES
from tests.altered.units import UNITS
from tests.altered.unknown import UNKNOWN
from tests.altered.whole_runs import WHOLE_RUNS

TABLE: Sequence[Alteration] = (
    *HARMLESS,
    *LIMITS,
    *RATES,
    *STATES,
    *ETAGS,
    *EXPIRIES,
    *POINT_STATUSES,
    *TELEMETRIES,
    *PACES,
    *CHANGES,
    *POINT_LISTS,
    *UNITS,
    *MODES,
    *STATUS_ENTRIES,
    *STATE_HEADERS,
    *BROKEN,
    *UNKNOWN,
    *JOURNALS,
    *METRICS,
    *CONNECTIONS,
    *WHOLE_RUNS,
    *SURVIVAL,
)

# Judgements without alterations, and why: none of them is asked about altered episodes. A key is what their ids begin
# with, from a whole folder (`system/`) down to one test (`writeback/test_etag::test_state_carries_an_etag`).
LACKING: Mapping[str, str] = {
    "connection/test_introduction::test_device_does_not_talk_to_a_server": "no source of episodes speaks TLS",
}
