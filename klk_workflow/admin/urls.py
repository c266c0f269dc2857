"""Addresses of the member area, below the admin."""

from django.urls import path

from klk_workflow.admin.views import files, reading

app_name = "dokumente"

urlpatterns = [
    path("<int:pk>/", reading.ReadView.as_view(), name="lesen"),
    path("<int:pk>/dateien/<str:sha256>/", files.FileView.as_view(), name="datei"),
]
