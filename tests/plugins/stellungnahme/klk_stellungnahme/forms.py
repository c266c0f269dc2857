"""How one is begun, and its own fields."""

from klk_stellungnahme.models import Stellungnahme
from klk_workflow.extending.forms import OwnFieldsForm, TitledStartForm


class StartForm(TitledStartForm):
    """Asks for the title."""

    type_key = "stellungnahme"


class OwnFields(OwnFieldsForm):
    """Asks for occasion, addressee and day."""

    class Meta:
        model = Stellungnahme
        fields = ["occasion", "addressee", "due"]
