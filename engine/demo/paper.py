"""Small real files for the demo's attachments: a one-page PDF and a CSV table."""

from __future__ import annotations


def csv_file() -> bytes:
    """A cost estimate as CSV with the byte order mark that spreadsheet programs look for."""
    lines = ["项目,数量,单价（万元）,小计（万元）", "开发,1,12.00,12.00", "联调与测试,1,6.50,6.50", "培训,2,0.80,1.60"]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def pdf_file(name: str, *lines: str) -> bytes:
    """A minimal PDF page; Chinese is drawn with the viewer's own Adobe-GB1 font."""
    drawn = [f"<{line.encode('utf-16-be').hex().upper()}> Tj 0 -28 Td" for line in (name.rpartition(".")[0], *lines)]
    text = "BT /F1 14 Tf 60 760 Td " + " ".join(drawn) + " ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    document, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(document))
        document += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(document)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return document + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode()
