"""Finds a device's metadata where the operator says it is: a file, or a device of a site model's folder."""

from dataclasses import replace
from pathlib import Path

from harness.errors import UsageError
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.protocols.udmi.site_model.model_file import json_of
from harness.suggest import hinted


def located(where: Path) -> Metadata | None:
    """From `FILE.json`, or `FOLDER:ID` for a device of a site model; None for any other file.

    Raises UsageError where there is no such device, with the nearest that there is.
    """
    if where.suffix == ".json":
        return Metadata.read(where)
    if where.is_dir():
        raise UsageError(f"{where} is a folder; a device of a site model is written {where}:AHU-1, with its own id")
    folder, colon, device = str(where).rpartition(":")
    return in_site(Path(folder), device) if colon and not where.exists() else None


def in_site(folder: Path, device: str) -> Metadata:
    """The device of the site model that lies in the folder."""
    devices = folder / "devices"
    try:
        known = sorted(entry.name for entry in devices.iterdir())
    except OSError as error:
        raise UsageError(f"{folder} is no site model: cannot read {devices}: {error.strerror}") from error
    if device not in known:
        sentence = f"{folder} has no device {device!r}"
        raise UsageError(hinted(sentence, device, known, otherwise=f"it has {len(known)} devices"))
    metadata = Metadata.read(devices / device / "metadata.json", device)
    return replace(metadata, registry=_registry(folder / "cloud_iot_config.json"))


def _registry(config: Path) -> str | None:
    if not config.exists():
        return None
    raw = json_of(config, "site model's")
    registry = raw.get("registry_id") if isinstance(raw, dict) else None
    return registry if isinstance(registry, str) else None
