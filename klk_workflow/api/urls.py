"""The interface as one set of addresses; a site includes them where it likes."""

from typing import Final

from ninja import NinjaAPI

from klk_workflow.api import acts, documents, problems

api: Final = NinjaAPI(
    title="KLK",
    version="1",
    description="Documents, versions, Fassungen and transitions for programs.",
    urls_namespace="klk_api",
    docs_url=None,  # its viewer comes from another host
)
api.add_router("", documents.router)
api.add_router("", acts.router)
problems.handle(api)

app_name = "klk_api"
urlpatterns = api.urls[0]
