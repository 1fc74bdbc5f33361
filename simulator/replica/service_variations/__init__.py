"""Services changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.replica.service_variations.access import ACCESS
from simulator.replica.service_variations.answers import ANSWERS
from simulator.replica.service_variations.aws import AWS
from simulator.replica.service_variations.deltas import DELTAS
from simulator.replica.service_variations.quirks import QUIRKS
from simulator.replica.service_variations.recording import RECORDING
from simulator.replica.service_variations.requests import REQUESTS
from simulator.replica.service_variations.variation import ServiceVariation

SERVICE_VARIATIONS: tuple[ServiceVariation, ...] = (
    *RECORDING,
    *ANSWERS,
    *DELTAS,
    *REQUESTS,
    *AWS,
    *ACCESS,
    *QUIRKS,
)
