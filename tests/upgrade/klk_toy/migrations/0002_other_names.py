"""Two fields get other names; a field and a kind of part go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("klk_toy", "0001_initial")]

    operations = [
        migrations.RenameField("chronik", "motto", "leitsatz"),
        migrations.RemoveField("chronik", "verworfen"),
        migrations.RenameField("zettel", "inhalt", "text"),
        migrations.DeleteModel("karte"),
    ]
