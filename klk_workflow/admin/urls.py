"""Addresses of the member area, below the admin."""

from django.urls import path

from klk_workflow.admin.acting.views import acting, exceptions, moving, naming, removals
from klk_workflow.admin.administration.views import (
    deliveries,
    deputyships,
    drawing,
    meetings,
    outlines,
    pages,
    plugins,
    reports,
    tokens,
)
from klk_workflow.admin.overview import views as lists
from klk_workflow.admin.reading.views import files, history, reading, receipts, remarks
from klk_workflow.admin.writing.views import parts, presence, start, uploads, writing

app_name = "dokumente"

urlpatterns = [
    path("rollen/", pages.RolesView.as_view(), name="rollen"),
    path("stelle/", pages.OfficeView.as_view(), name="stelle"),
    path("zugaenge/", tokens.TokensView.as_view(), name="zugaenge"),
    path("zugaenge/<int:token_pk>/beenden/", tokens.RevokeView.as_view(), name="zugang_beenden"),
    path("sitzungen/", meetings.MeetingsView.as_view(), name="sitzungen"),
    path("sitzungen/<int:meeting_pk>/", meetings.AgendaView.as_view(), name="sitzung"),
    path("vertretung/", deputyships.DeputyshipsView.as_view(), name="vertretung"),
    path(
        "vertretung/<int:deputyship_pk>/beenden/",
        deputyships.EndView.as_view(),
        name="vertretung_beenden",
    ),
    path("erweiterungen/", plugins.PluginsView.as_view(), name="erweiterungen"),
    path(
        "erweiterungen/<str:app_label>/schalten/",
        plugins.SwitchView.as_view(),
        name="erweiterung_schalten",
    ),
    path("nachrichten/", deliveries.DeliveriesView.as_view(), name="nachrichten"),
    path(
        "nachrichten/<int:pk>/wiederholen/",
        deliveries.SendAgainView.as_view(),
        name="nachricht_wiederholen",
    ),
    path("runden/", lists.RoundView.as_view(), name="runden"),
    path("runden/<slug:slug>/", lists.RoundView.as_view(), name="runde"),
    path("papierkorb/", start.PapierkorbView.as_view(), name="papierkorb"),
    path("suche/", lists.SearchView.as_view(), name="suche"),
    path("fassungen/", lists.EditionsView.as_view(), name="fassungen"),
    path("gliederungen/", outlines.OutlinesView.as_view(), name="gliederungen"),
    path(
        "gliederungen/<str:type_key>/neu/",
        outlines.NewOutlineView.as_view(),
        name="gliederung_neu",
    ),
    path("sperrungen/<int:removal_pk>/", removals.RemovalView.as_view(), name="sperrung"),
    path("belege/pruefen/", receipts.CheckView.as_view(), name="beleg_pruefen"),
    path("pult/<str:desk>/", lists.DeskView.as_view(), name="pult"),
    path("<int:pk>/", reading.ReadView.as_view(), name="lesen"),
    path("<int:pk>/handeln/<str:action>/", acting.ActView.as_view(), name="handeln"),
    path("<int:pk>/umstellen/", moving.MoveDocumentView.as_view(), name="umstellen"),
    path("<int:pk>/tagesordnung/", meetings.PutOnAgendaView.as_view(), name="tagesordnung"),
    path("<int:pk>/benennen/<str:action>/", naming.NamingView.as_view(), name="benennen"),
    path("<int:pk>/ausnahme/", exceptions.ExceptionView.as_view(), name="ausnahme"),
    path("<int:pk>/anmerkungen/", remarks.RemarkView.as_view(), name="anmerken"),
    path("<int:pk>/verlauf/", history.HistoryView.as_view(), name="verlauf"),
    path("<int:pk>/verlauf/vergleich/", history.CompareView.as_view(), name="vergleich"),
    path("<int:pk>/verlauf/<int:seq>/", history.StandView.as_view(), name="stand"),
    path(
        "<int:pk>/verlauf/<int:seq>/uebernehmen/",
        history.TakeUpView.as_view(),
        name="uebernehmen",
    ),
    path("<int:pk>/sperren/", removals.AskView.as_view(), name="sperren"),
    path("<int:pk>/beleg/<int:seq>/", receipts.ReceiptView.as_view(), name="beleg"),
    path(
        "<str:type_key>/auswertung/<slug:report>/",
        reports.TypeReportView.as_view(),
        name="auswertung",
    ),
    path("<str:type_key>/neu/", start.StartView.as_view(), name="neu"),
    path("<int:pk>/loeschen/", start.DeleteView.as_view(), name="loeschen"),
    path("<int:pk>/schreiben/", writing.WriteView.as_view(), name="schreiben"),
    path("<int:pk>/anwesend/", presence.PresenceView.as_view(), name="anwesend"),
    path("<int:pk>/angaben/", writing.HeadView.as_view(), name="angaben"),
    path("<int:pk>/schreiben/<str:kind>/neu/", parts.NewPartView.as_view(), name="teil_neu"),
    path("<int:pk>/schreiben/<str:kind>/<int:part_pk>/", parts.PartView.as_view(), name="teil"),
    path(
        "<int:pk>/schreiben/<str:kind>/<int:part_pk>/entfernen/",
        parts.RemoveView.as_view(),
        name="teil_entfernen",
    ),
    path(
        "<int:pk>/schreiben/<str:kind>/<int:part_pk>/verschieben/",
        parts.MoveView.as_view(),
        name="teil_verschieben",
    ),
    path("<int:pk>/bilder/", uploads.PictureView.as_view(), name="bilder"),
    path("<int:pk>/word/", uploads.WordView.as_view(), name="word"),
    path("<int:pk>/dateien/<str:sha256>/", files.FileView.as_view(), name="datei"),
    path("<str:type_key>/ablauf/", drawing.DrawingView.as_view(), name="ablauf"),
    path("<str:type_key>/", lists.ListView.as_view(), name="liste"),
]
