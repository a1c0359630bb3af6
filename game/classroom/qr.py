"""QR codes as pictures."""

from __future__ import annotations


def qr_svg(text: str) -> bytes:
    """The code of a text as an SVG file."""
    import io

    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=8, border=2, xmldecl=False)
    return out.getvalue()
