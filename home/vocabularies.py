"""Words of the field that materials are sorted by. Keys never change, labels may.

Source of professions and topics: flyer of the Konferenz der Landeskoordinierungsstellen (KLK),
April 2024. Media, licences and teaching formats are a proposal of this project. Keys of languages
are BCP 47 tags: "de-simple" is German in simplified form, "gsg" German Sign Language.
"""

from django.utils.translation import gettext_lazy as _

from klk_workflow import reading

#: What is for everybody is found under every profession.
EVERYBODY = "fachkraefte-allgemein"
PROFESSIONS = {
    "polizei": _("Polizei"),
    "opferschutz-frauenunterstuetzung": _("Opferschutz und Frauenunterstützung"),
    "beratungsstellen": _("Beratungsstellen"),
    "gesundheitsdienste": _("Gesundheitsdienste"),
    "justiz": _("Justiz"),
    "jugendhilfe": _("Jugendhilfe"),
    EVERYBODY: _("Fachkräfte aller Berufsgruppen"),
}

TOPICS = {
    "istanbul-konvention": _("Umsetzung der Istanbul-Konvention"),
    "kooperation-und-vernetzung": _("Kooperation und Vernetzung"),
    "landesaktionsplaene": _("Landesaktionspläne und -konzepte"),
    "beobachtung-und-analyse": _("Beobachtung und Analyse"),
    "fortbildung": _("Fortbildungen"),
    "arbeitshilfen": _("Arbeitshilfen"),
    "oeffentlichkeitsarbeit": _("Öffentlichkeitsarbeit"),
    "schutz": _("Schutz"),
    "unterstuetzung-der-betroffenen": _("Unterstützung der Betroffenen"),
    "praevention": _("Prävention"),
    "intervention": _("Intervention"),
    "taeterbezogene-intervention": _("Arbeit mit gewaltausübenden Personen"),
    "gesellschaftliches-bewusstsein": _("Bewusstsein und Ächtung häuslicher Gewalt"),
    "evaluation": _("Evaluation"),
    "forschung": _("Forschung"),
    "bund-laender-austausch": _("Austausch von Bund und Ländern"),
    "internationale-netzwerke": _("Internationale Netzwerke"),
}

MEDIA = {
    "arbeitshilfe": _("Arbeitshilfe"),
    "broschuere": _("Broschüre"),
    "faltblatt": _("Faltblatt"),
    "checkliste": _("Checkliste oder Formular"),
    "praesentation": _("Präsentation"),
    "kursmaterial": _("Kursmaterial"),
    "bericht": _("Bericht"),
    "stellungnahme": _("Stellungnahme"),
    "studie": _("Studie"),
    "plakat": _("Plakat"),
    "film": _("Film"),
    "ton": _("Hörbeitrag"),
}

LANGUAGES = {
    "de": _("Deutsch"),
    "de-simple": _("Leichte Sprache"),
    "gsg": _("Deutsche Gebärdensprache"),
    "en": _("Englisch"),
    "ar": _("Arabisch"),
    "fa": _("Persisch"),
    "fr": _("Französisch"),
    "pl": _("Polnisch"),
    "ro": _("Rumänisch"),
    "ru": _("Russisch"),
    "tr": _("Türkisch"),
    "uk": _("Ukrainisch"),
}

LICENCES = {
    "alle-rechte": _("Alle Rechte vorbehalten"),
    "cc-by-4.0": _("Creative Commons Namensnennung 4.0 (CC BY 4.0)"),
    "cc-by-sa-4.0": _(
        "Creative Commons Namensnennung, Weitergabe unter gleichen Bedingungen 4.0 (CC BY-SA 4.0)"
    ),
    "cc-by-nd-4.0": _("Creative Commons Namensnennung, keine Bearbeitung 4.0 (CC BY-ND 4.0)"),
}

LICENCE_URLS = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    "cc-by-nd-4.0": "https://creativecommons.org/licenses/by-nd/4.0/deed.de",
}

METHODS = {
    "praesenz": _("in Präsenz"),
    "online": _("online"),
    "gemischt": _("teils in Präsenz, teils online"),
    "selbststudium": _("zum Selbstlernen"),
}


def land_choices() -> list[tuple[str, str]]:
    """The sixteen Länder to choose from."""
    return [(land.code, land.name) for land in reading.laender()]
