"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.udmi.variations.configs.configs import CONFIGS
from simulator.udmi.variations.configs.erroneous import ERRONEOUS
from simulator.udmi.variations.configs.pointsets import POINTSETS
from simulator.udmi.variations.connection.clocks import CLOCKS
from simulator.udmi.variations.connection.connections import CONNECTIONS
from simulator.udmi.variations.connection.slow_networks import SLOW_NETWORKS
from simulator.udmi.variations.devices import DEVICES
from simulator.udmi.variations.endings import ENDINGS
from simulator.udmi.variations.messages.invariants import INVARIANTS
from simulator.udmi.variations.messages.json_forms import JSON_FORMS
from simulator.udmi.variations.messages.json_styles import JSON_STYLES
from simulator.udmi.variations.messages.logs import LOGS
from simulator.udmi.variations.messages.nulls import NULLS
from simulator.udmi.variations.messages.samples import SAMPLES
from simulator.udmi.variations.messages.telemetries import TELEMETRIES
from simulator.udmi.variations.mute import MUTE
from simulator.udmi.variations.open_clauses import OPEN_CLAUSES
from simulator.udmi.variations.quirks import QUIRKS
from simulator.udmi.variations.states.identities import IDENTITIES
from simulator.udmi.variations.states.modes import MODES
from simulator.udmi.variations.states.own_fields import OWN_FIELDS
from simulator.udmi.variations.states.point_statuses import POINT_STATUSES
from simulator.udmi.variations.states.reports import REPORTS
from simulator.udmi.variations.states.states import STATES
from simulator.udmi.variations.states.status_entries import STATUS_ENTRIES
from simulator.udmi.variations.variation import Variation
from simulator.udmi.variations.writes.etag_shapes import ETAG_SHAPES
from simulator.udmi.variations.writes.etags import ETAGS
from simulator.udmi.variations.writes.expiries import EXPIRIES
from simulator.udmi.variations.writes.late_points import LATE_POINTS
from simulator.udmi.variations.writes.moments import MOMENTS
from simulator.udmi.variations.writes.precision import PRECISION
from simulator.udmi.variations.writes.writeback import WRITEBACK

VARIATIONS: tuple[Variation, ...] = (
    *WRITEBACK,
    *ETAGS,
    *EXPIRIES,
    *CONFIGS,
    *STATES,
    *CONNECTIONS,
    *POINT_STATUSES,
    *INVARIANTS,
    *NULLS,
    *JSON_FORMS,
    *IDENTITIES,
    *ERRONEOUS,
    *ENDINGS,
    *LOGS,
    *MODES,
    *STATUS_ENTRIES,
    *POINTSETS,
    *SAMPLES,
    *MUTE,
    *OPEN_CLAUSES,
    *QUIRKS,
    *MOMENTS,
    *JSON_STYLES,
    *OWN_FIELDS,
    *REPORTS,
    *ETAG_SHAPES,
    *TELEMETRIES,
    *PRECISION,
    *DEVICES,
    *LATE_POINTS,
    *SLOW_NETWORKS,
    *CLOCKS,
)
