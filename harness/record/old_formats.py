"""Records of formats 1 and 2, brought to today's: they called by one protocol's names what every protocol has."""

from typing import Any

from harness.record.strict_json import loads


def bring_up_to_date(name: str, raw: dict[str, Any]) -> None:
    """The fields of a record of that name, as format 3 has them; the reader refuses what is odd in them.

    Raises ValueError where it has one of format 3 already.
    """
    if early := raw.keys() & _OF_FORMAT_3.get(name, ()):
        raise ValueError(f"no record that its format knows: it has no field {min(early)!r}")
    match name:
        case "sent":
            settings = raw.pop("settings", {}).items()
            raw["desired"] = {label: {"subject": point, "value": value} for label, (point, value) in settings}
            raw["resets"] = raw.get("label") == "rest"
            raw["retain"] = not raw.get("broken", False)  # as every config was published
        case "provoked":
            raw["name"], raw["subject"] = raw.pop("what"), raw.pop("point")
            raw["detail"] = _detail(raw["name"], raw.pop("detail", ""))
        case "closed":
            raw["needs"] = _needs(raw.get("out_of_view"))


def _detail(name: str, text: object) -> object:
    """That of a move was JSON in a text, or is lost; that of others the text itself, empty where nothing was said."""
    if name != "move" or not isinstance(text, str):
        return text or None
    try:
        return loads(text)
    except (ValueError, RecursionError):
        return None


def _needs(out_of_view: object) -> str | None:
    """The needs of a record, which stood in its sentence alone: `needs listen://: only a broker of ours …`."""
    needs, colon, _ = str(out_of_view).removeprefix("needs ").partition(": ")
    return needs if colon and str(out_of_view).startswith("needs ") else None


_MESSAGE = frozenset({"connection", "channel", "http"})
_OF_FORMAT_3 = {
    "sent": _MESSAGE | {"desired", "retain", "resets"},
    "received": _MESSAGE,
    "provoked": frozenset({"name", "subject"}),
    "closed": frozenset({"needs"}),
}
