"""Who runs this site: for the legal notice, the mails and the pages about the site itself.

A text that is not set is shown as missing on the page that needs it; production refuses to start
without those that the law asks for (klk_site.refusals).
"""

from klk_site.settings.env import env

KLK_DEMO_OPERATOR = "Beispielbetreiber (Demo)"
KLK_OPERATOR_NAME = env.str("KLK_OPERATOR_NAME", default=KLK_DEMO_OPERATOR)
KLK_OPERATOR_ADDRESS = env.str("KLK_OPERATOR_ADDRESS", default="")
KLK_OPERATOR_EMAIL = env.str("KLK_OPERATOR_EMAIL", default="")
KLK_OPERATOR_PHONE = env.str("KLK_OPERATOR_PHONE", default="")
KLK_OPERATOR_REPRESENTATIVE = env.str("KLK_OPERATOR_REPRESENTATIVE", default="")
KLK_OPERATOR_DATA_PROTECTION = env.str("KLK_OPERATOR_DATA_PROTECTION", default="")
KLK_OPERATOR_AUTHORITY = env.str("KLK_OPERATOR_AUTHORITY", default="")
KLK_OPERATOR_ARBITRATION = env.str("KLK_OPERATOR_ARBITRATION", default="")

# Where "Seite verlassen" leads: a page that tells nothing about the reader.
KLK_EXIT_URL = env.str("KLK_EXIT_URL", default="https://www.tagesschau.de/wetter/")

# The open data catalogue (DCAT-AP.de). The operator agrees both with GovData and with the offices.
KLK_CATALOGUE_LICENCE = env.str("KLK_CATALOGUE_LICENCE", default="other-closed")
KLK_CATALOGUE_CONTRIBUTOR = env.str("KLK_CATALOGUE_CONTRIBUTOR", default="")
