"""Every alteration, and every judgement that has none."""

from collections.abc import Mapping, Sequence

from tests.altered.alteration import Alteration
from tests.altered.broken import BROKEN
from tests.altered.changes import CHANGES
from tests.altered.conditions import CONDITIONS
from tests.altered.connections import CONNECTIONS
from tests.altered.etags import ETAGS
from tests.altered.expiries import EXPIRIES
from tests.altered.harmless import HARMLESS
from tests.altered.journals import JOURNALS
from tests.altered.limits import LIMITS
from tests.altered.listings import LISTINGS
from tests.altered.metrics import METRICS
from tests.altered.modes import MODES
from tests.altered.paces import PACES
from tests.altered.rates import RATES
from tests.altered.states import STATES
from tests.altered.statuses import STATUSES
from tests.altered.telemetries import TELEMETRIES
from tests.altered.units import UNITS
from tests.altered.unknown import UNKNOWN
from tests.altered.utterances import UTTERANCES
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
    *PACES,
    *CHANGES,
    *LISTINGS,
    *UNITS,
    *MODES,
    *CONDITIONS,
    *UTTERANCES,
    *BROKEN,
    *UNKNOWN,
    *JOURNALS,
    *METRICS,
    *CONNECTIONS,
    *WHOLE_RUNS,
)

# Judgements without alterations, and why: none of them is asked about altered episodes. A key is what their ids begin
# with, from a whole folder (`system/`) down to one test (`writeback/test_etag::test_state_carries_an_etag`).
LACKING: Mapping[str, str] = {
    "connection/test_introduction::test_device_does_not_talk_to_a_server": "no source of episodes speaks TLS",
}
