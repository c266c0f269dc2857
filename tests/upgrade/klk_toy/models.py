"""The models before or after the upgrade."""

import os

if os.environ["KLK_TOY"] == "before":
    from tests.upgrade.klk_toy.before import Chronik, Karte, Zettel

    PARTS = (Zettel, Karte)
else:
    from tests.upgrade.klk_toy.after import Chronik, Zettel

    PARTS = (Zettel,)

__all__ = ["PARTS", "Chronik", "Zettel"]
