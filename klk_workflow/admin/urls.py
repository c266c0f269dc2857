"""Addresses of the member area, below the admin."""

from django.urls import path

from klk_workflow.admin.views import (
    acting,
    drawing,
    exceptions,
    files,
    history,
    lists,
    outlines,
    pages,
    parts,
    plugins,
    reading,
    receipts,
    remarks,
    start,
    tokens,
    uploads,
    writing,
)

app_name = "dokumente"

urlpatterns = [
    path("rollen/", pages.RolesView.as_view(), name="rollen"),
    path("stelle/", pages.OfficeView.as_view(), name="stelle"),
    path("zugaenge/", tokens.TokensView.as_view(), name="zugaenge"),
    path("zugaenge/<int:token_pk>/beenden/", tokens.RevokeView.as_view(), name="zugang_beenden"),
    path("erweiterungen/", plugins.PluginsView.as_view(), name="erweiterungen"),
    path(
        "erweiterungen/<str:app_label>/schalten/",
        plugins.SwitchView.as_view(),
        name="erweiterung_schalten",
    ),
    path("runden/", lists.RoundView.as_view(), name="runden"),
    path("runden/<slug:slug>/", lists.RoundView.as_view(), name="runde"),
    path("fassungen/", lists.EditionsView.as_view(), name="fassungen"),
    path("gliederungen/", outlines.OutlinesView.as_view(), name="gliederungen"),
    path(
        "gliederungen/<str:type_key>/neu/",
        outlines.NewOutlineView.as_view(),
        name="gliederung_neu",
    ),
    path("belege/pruefen/", receipts.CheckView.as_view(), name="beleg_pruefen"),
    path("pult/<str:desk>/", lists.DeskView.as_view(), name="pult"),
    path("<int:pk>/", reading.ReadView.as_view(), name="lesen"),
    path("<int:pk>/handeln/<str:action>/", acting.ActView.as_view(), name="handeln"),
    path("<int:pk>/ausnahme/", exceptions.ExceptionView.as_view(), name="ausnahme"),
    path("<int:pk>/anmerkungen/", remarks.RemarkView.as_view(), name="anmerken"),
    path("<int:pk>/verlauf/", history.HistoryView.as_view(), name="verlauf"),
    path("<int:pk>/verlauf/vergleich/", history.CompareView.as_view(), name="vergleich"),
    path("<int:pk>/verlauf/<int:seq>/", history.StandView.as_view(), name="stand"),
    path("<int:pk>/beleg/<int:seq>/", receipts.ReceiptView.as_view(), name="beleg"),
    path("<str:type_key>/neu/", start.StartView.as_view(), name="neu"),
    path("<int:pk>/loeschen/", start.DeleteView.as_view(), name="loeschen"),
    path("<int:pk>/schreiben/", writing.WriteView.as_view(), name="schreiben"),
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
