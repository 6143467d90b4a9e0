"""Documents of all kinds, as small as they can be, written by the tests themselves."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest

PARAGRAPHS = (
    "قال المتحدث باسم الحكومة يوم الاثنين إن الوزارة بدأت مراجعة شاملة للملف في المدينة.",
    "وأضاف أن النتائج ستنشر خلال أسبوعين، وأن شركة Nile Data سلمت 12 وثيقة إلى اللجنة.",
    "ورفضت الشركة التعليق على الأمر، بينما طالب نواب بعقد جلسة علنية للنظر في القضية.",
)
HEADLINE = "الحكومة تراجع الملف"

ARABIC_PAGE = f"""<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="CHARSET">
<title>{HEADLINE} | أخبار النيل</title>
<meta property="og:title" content="{HEADLINE}">
<meta property="og:site_name" content="أخبار النيل">
<meta property="article:published_time" content="2024-05-12T08:30:00+02:00">
<link rel="canonical" href="https://nile.example/news/12">
<link rel="stylesheet" href="https://cdn.example/never-fetched.css">
<script>document.write("سكربت")</script></head>
<body><nav><a href="/">الرئيسية</a> <a href="/w">العالم</a></nav>
<article><h1>{HEADLINE}</h1>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<img src="https://cdn.example/never-fetched.png"><p>{PARAGRAPHS[2]}</p></article>
<footer>جميع الحقوق محفوظة &copy; 2024</footer></body></html>
"""

INDONESIAN_PAGE = """<html lang="id-ID"><head>
<title>Menteri Bantah Kabar Mundur - Kabar Kota</title>
<meta property="og:title" content="Menteri Bantah Kabar Mundur"></head><body>
<div class="menu"><ul><li><a href="/">Beranda</a></li><li><a href="/p">Politik</a></li></ul></div>
<div class="article-content"><h1>Menteri Bantah Kabar Mundur</h1>
<p>JAKARTA &mdash; Menteri Perhubungan membantah kabar bahwa ia akan mundur dari jabatannya
pada akhir bulan ini, kata juru bicaranya kepada wartawan.</p>
<p>&quot;Itu tidak benar,&quot; katanya. Ia menambahkan bahwa rapat kabinet akan tetap
berlangsung seperti biasa, dan semua menteri akan hadir di sana.</p>
<p>Partai mengatakan keputusan ada di tangan presiden, dan partai menghormatinya.</div>
<div class="sidebar"><h3>Terpopuler</h3><ul><li><a href="/2">Harga beras naik</a></li></ul></div>
<div class="footer">Copyright 2024 Kabar Kota. Hak cipta dilindungi.</div>
"""


def word(paragraphs: Sequence[tuple[str, str]], *, right_to_left: bool = False) -> bytes:
    """A Word file of paragraphs, each a style and its words."""
    pytest.importorskip("docx", reason="needs the extra `docx`")
    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    for style, text in paragraphs:
        paragraph = document.add_paragraph(text, style=style)
        if right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "left", "right"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


PDF_WIDTH, PDF_GLYPH = 600, 7.2
"""Of a page, and of each glyph in it, in points."""


def pdf(lines: Sequence[str], *, height: int = 800, leading: int = 14) -> bytes:
    """A PDF that draws each line's characters from left to right, and tells what they are."""
    places = ((50.0, height - 50 - leading * row) for row in range(len(lines)))
    return placed_pdf([*zip(places, lines, strict=True)], height=height)


def placed_pdf(lines: Sequence[tuple[tuple[float, float], str]], *, height: int = 800) -> bytes:
    """A PDF with each line's left end at a place, from the left and from the bottom."""
    pytest.importorskip("pdfminer", reason="needs the extra `pdf`")
    characters = sorted({c for _, line in lines for c in line})
    codes = {character: number for number, character in enumerate(characters, 1)}
    rows = (
        f"1 0 0 1 {x} {y} Tm <" + "".join(f"{codes[c]:04x}" for c in line) + "> Tj"
        for (x, y), line in lines
    )
    content = "BT /F1 12 Tf " + " ".join(rows) + " ET"
    mapped = "\n".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>" for c, code in codes.items())
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapped}\nendbfchar\nendcmap end end"
    )
    return _pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PDF_WIDTH} {height}] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
        " /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 600"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor 8 0 R >>",
        f"<< /Length {len(unicode)} >>\nstream\n{unicode}\nendstream",
        "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /Ascent 800 /Descent -200"
        " /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -200 600 800] >>",
    )


def _pdf_of(*objects: str) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + tail.encode("ascii")
