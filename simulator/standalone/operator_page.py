"""A page for the operator, with a policy that lets nothing run in it but its own script."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web

_STYLE, _SCRIPT = "<style></style>", "<script></script>"  # where a frame takes them in


@dataclass(frozen=True, slots=True)
class PageParts:
    """The files that a page is made of; the frame is HTML, with an empty style and an empty script in it."""

    frame: Path
    styles: tuple[Path, ...]
    scripts: tuple[Path, ...]


@cache
def _made(parts: PageParts) -> tuple[str, str]:
    """The page, and its policy."""
    style, script = _joined(parts.styles), _joined(parts.scripts)
    frame = parts.frame.read_text(encoding="utf-8")
    page = frame.replace(_STYLE, f"<style>{style}</style>").replace(_SCRIPT, f"<script>{script}</script>")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page, policy


def operator_page(parts: PageParts) -> web.Response:
    """The page, which is the same for everyone: it asks the control for what it shows."""
    text, policy = _made(parts)
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return web.Response(text=text, content_type="text/html", charset="utf-8", headers=headers)


def _joined(files: tuple[Path, ...]) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in files)


def _hash(content: str) -> str:
    """The one element with that content, as a policy names it."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
