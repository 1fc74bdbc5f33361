"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.variations.clocks import CLOCKS
from simulator.variations.conditions import CONDITIONS
from simulator.variations.configs import CONFIGS
from simulator.variations.connections import CONNECTIONS
from simulator.variations.devices import DEVICES
from simulator.variations.erroneous import ERRONEOUS
from simulator.variations.etag_shapes import ETAG_SHAPES
from simulator.variations.etags import ETAGS
from simulator.variations.expiries import EXPIRIES
from simulator.variations.identities import IDENTITIES
from simulator.variations.invariants import INVARIANTS
from simulator.variations.logs import LOGS
from simulator.variations.modes import MODES
from simulator.variations.moments import MOMENTS
from simulator.variations.mute import MUTE
from simulator.variations.open_clauses import OPEN_CLAUSES
from simulator.variations.own_fields import OWN_FIELDS
from simulator.variations.pointsets import POINTSETS
from simulator.variations.quirks import QUIRKS
from simulator.variations.reports import REPORTS
from simulator.variations.roads import ROADS
from simulator.variations.samples import SAMPLES
from simulator.variations.spellings import SPELLINGS
from simulator.variations.states import STATES
from simulator.variations.statuses import STATUSES
from simulator.variations.telemetries import TELEMETRIES
from simulator.variations.variation import Variation
from simulator.variations.writeback import WRITEBACK

VARIATIONS: tuple[Variation, ...] = (
    *WRITEBACK,
    *ETAGS,
    *EXPIRIES,
    *CONFIGS,
    *STATES,
    *CONNECTIONS,
    *STATUSES,
    *INVARIANTS,
    *IDENTITIES,
    *ERRONEOUS,
    *LOGS,
    *MODES,
    *CONDITIONS,
    *POINTSETS,
    *SAMPLES,
    *MUTE,
    *OPEN_CLAUSES,
    *QUIRKS,
    *MOMENTS,
    *SPELLINGS,
    *OWN_FIELDS,
    *REPORTS,
    *ETAG_SHAPES,
    *TELEMETRIES,
    *DEVICES,
    *ROADS,
    *CLOCKS,
)
