"""The versions of the rules that devices are held to."""

from enum import StrEnum


class Spec(StrEnum):
    """A version of the rules."""

    UDMI_1_5 = "udmi-1.5"
    WRITEBACK_2021 = "writeback-2021"
    WRITEBACK_DRAFT = "writeback-draft"
    POINTSET_2021 = "pointset-2021"
