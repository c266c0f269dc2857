"""Text out of Word arrives clean, and what is left out is said."""

from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError

from klk_workflow.admin.writing.word import from_docx, from_html

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:x">
<head><style><!-- p.MsoNormal {margin:0cm;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=DE>
<h1><a name="_Toc1"></a>Schutz<o:p></o:p></h1>
<p class=MsoNormal><span style='color:#C00000'>Zwei Regionen</span> haben
<b style='mso-bidi-font-weight:normal'>Fallkonferenzen</b><a href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>. Siehe
<a href="https://example.org/?a=1&amp;b=2">Bericht</a> und <a href="javascript:alert(1)">Trick</a>.
<a
href="#_msocom_1" class=msocomanchor>[AB1]</a></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Erster</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o</span>Darunter</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.</span>Nummer</p>
<h2>Zahlen</h2>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Ort</b></p></td><td><b>Zahl</b></td></tr>
<tr><td rowspan=2>Nord</td><td>12</td></tr><tr><td>13</td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id=x></v:shape><![endif]--><img src="file:///c:/x.png">
&lt;script&gt; 😀 مرحبا</p><script>alert(1)</script>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Erlass vom 3. Mai.</p></div></div>
<div style='mso-element:comment-list'><p>Bitte prüfen</p></div></body></html>"""


@pytest.fixture
def imported():
    return from_html(WORD, notes_before=2)


def test_blocks_come_in_their_order(imported):
    assert [kind for kind, _value in imported.blocks] == ["text", "tabelle", "text", "fussnoten"]


def test_headings_marks_lists_and_links_stay(imported):
    html = imported.blocks[0][1]
    assert html.startswith("<h3>Schutz</h3>")
    assert "<b>Fallkonferenzen</b>[3]." in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert "<ul><li>Erster<ul><li>Darunter</li></ul></li></ul><ol><li>Nummer</li></ol>" in html
    assert html.endswith("<h4>Zahlen</h4>")


def test_clutter_scripts_and_evil_links_go(imported):
    text = str(imported.blocks)
    for clutter in ("Mso", "mso-", "o:p", "style", "javascript:", "alert", "Bitte prüfen", "[AB1]"):
        assert clutter not in text
    assert "&lt;script&gt; 😀 مرحبا" in imported.blocks[2][1]


def test_tables_become_tables(imported):
    table = imported.blocks[1][1]
    assert table["data"] == [["Ort", "Zahl"], ["Nord", "12"], ["", "13"]]
    assert table["table_header_choice"] == "row"


def test_footnotes_go_on_counting(imported):
    assert imported.blocks[3][1] == ["Erlass vom 3. Mai."]


def test_what_is_left_out_is_said(imported):
    said = " ".join(map(str, imported.left_out))
    for what in ("Kommentare", "Bilder", "Farben", "verbundene Zellen", "Links, die nicht"):
        assert what in said


def test_a_docx_file_is_read():
    document = docx.Document()
    document.add_heading("Überschrift", 1)
    document.add_paragraph("Ein Absatz")
    document.add_paragraph("Punkt", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Ort"
    out = BytesIO()
    document.save(out)
    out.seek(0)
    imported = from_docx(out)
    assert [kind for kind, _value in imported.blocks] == ["text", "tabelle"]
    assert "<h3>Überschrift</h3><p>Ein Absatz</p><ul><li>Punkt</li></ul>" in imported.blocks[0][1]


def test_a_broken_docx_is_refused_in_german():
    with pytest.raises(ValidationError, match="lässt sich nicht lesen"):
        from_docx(BytesIO(b"PK\x03\x04 nothing"))


def test_layers_of_nonsense_do_no_harm():
    for html in (
        "",
        "<table></table>",
        "<ul><ul><ul>",
        "<a href='http://[::1'>x</a>",
        "<p>\x00</p>",
    ):
        from_html(html)
