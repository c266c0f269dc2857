"""What the operator of the site sets; whoever has not is told so on the page."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Operator:
    """Who runs the site. An empty text means: not said yet."""

    name: str
    address: str
    email: str
    phone: str
    representative: str
    data_protection: str
    authority: str
    arbitration: str


def operator() -> Operator:
    """Read the operator from the settings."""
    return Operator(
        name=settings.KLK_OPERATOR_NAME,
        address=settings.KLK_OPERATOR_ADDRESS,
        email=settings.KLK_OPERATOR_EMAIL,
        phone=settings.KLK_OPERATOR_PHONE,
        representative=settings.KLK_OPERATOR_REPRESENTATIVE,
        data_protection=settings.KLK_OPERATOR_DATA_PROTECTION,
        authority=settings.KLK_OPERATOR_AUTHORITY,
        arbitration=settings.KLK_OPERATOR_ARBITRATION,
    )


def exit_url() -> str:
    """Where "Seite verlassen" leads: a page that shows nothing personal."""
    return str(settings.KLK_EXIT_URL)
