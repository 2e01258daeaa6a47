"""PDF files written by hand: with text, with a picture only, and encrypted."""

from __future__ import annotations


def pdf(lines: list[str], *, date: str = "", encrypted: bool = False) -> bytes:
    """A PDF of one page with these lines of text; without lines it has none."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 750 Td {shown}ET" if lines else "50 50 100 100 re f"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< /CreationDate (D:{date}) >>",
        # the standard handler with hashes that no empty password fits (ISO 32000-1, 7.6.3)
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    extra = f"/Encrypt 6 0 R /ID [<{'00' * 16}> <{'00' * 16}>] " if encrypted else ""
    end = f"trailer\n<< /Size 7 /Root 1 0 R /Info 5 0 R {extra}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 7\n0000000000 65535 f \n{table}{end}".encode()
