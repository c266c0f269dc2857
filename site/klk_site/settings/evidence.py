"""Keys that seal what happened (klk_workflow.evidence.seals). Without any, chains stand alone."""

from klk_site.settings.env import env

KLK_SIGNING_KEY = env.str("KLK_SIGNING_KEY", default="")
KLK_PUBLIC_KEYS = env.list("KLK_PUBLIC_KEYS", default=[])
