"""Services changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.replica.variations.answers import ANSWERS
from simulator.replica.variations.quirks import QUIRKS
from simulator.replica.variations.variation import ServiceVariation

SERVICE_VARIATIONS: tuple[ServiceVariation, ...] = (*ANSWERS, *QUIRKS)
