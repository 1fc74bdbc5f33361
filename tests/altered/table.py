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

TABLE: Sequence[Alteration] = (
    *HARMLESS,
    *LIMITS,
    *RATES,
    *STATES,
    *ETAGS,
    *EXPIRIES,
    *STATUSES,
    *TELEMETRIES,
)

# Judgements without alterations, and why: none of them is asked about altered episodes. A key is what their ids begin
# with, from a whole folder (`system/`) down to one test (`writeback/test_etag::test_state_carries_an_etag`).
LACKING: Mapping[str, str] = {}
