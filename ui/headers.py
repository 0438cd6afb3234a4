"""Security headers of every answer.

No script or style may stand in a page, nothing comes from elsewhere, nobody may frame us. `style` attributes are
allowed only on pages that draw diagrams or charts (their libraries write them); such endpoints say `@draws`. A page
of the studio that shows a preview says `@previews`; only what is shown there may be framed, by ourselves alone: it says
`@framed`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{attributes}; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; {frames}frame-ancestors {ancestors}"
)
ATTRIBUTES = "; style-src-attr 'unsafe-inline'"
A_YEAR = "public, max-age=31536000, immutable"


def draws(view: View) -> View:
    """Mark an endpoint whose page holds a diagram or a chart."""
    view.draws = True  # type: ignore[attr-defined]  # functions carry attributes; typing has no word for it
    return view


def previews(view: View) -> View:
    """Mark an endpoint whose page shows another page of ours in a frame."""
    view.previews = True  # type: ignore[attr-defined]  # as above
    return view


def framed(view: View) -> View:
    """Mark an endpoint whose page may be shown in a frame of our own pages."""
    view.framed = True  # type: ignore[attr-defined]  # as above
    return view


def policy_of(view: object) -> str:
    """The content security policy of what this endpoint answers."""
    return POLICY.format(
        attributes=ATTRIBUTES if getattr(view, "draws", False) else "",
        frames="frame-src 'self'; " if getattr(view, "previews", False) else "",
        ancestors="'self'" if getattr(view, "framed", False) else "'none'",
    )


def add_headers(response: Response) -> Response:
    """Set what is not set yet; pages and data are never kept by a cache, built assets for ever."""
    headers = response.headers
    view = current_app.view_functions.get(request.endpoint or "")
    headers.setdefault("Content-Security-Policy", policy_of(view))
    headers.setdefault("X-Frame-Options", "SAMEORIGIN" if getattr(view, "framed", False) else "DENY")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if (request.endpoint or "").endswith("static"):
        if request.path.startswith("/static/dist/") and response.status_code < 400:
            headers["Cache-Control"] = A_YEAR  # their names change with their content
    else:
        headers.setdefault("Cache-Control", "no-store")
        headers.add("Vary", "HX-Request")
    return response


def register(app: Flask) -> None:
    """Add them to everything, error pages included."""
    app.after_request(add_headers)
