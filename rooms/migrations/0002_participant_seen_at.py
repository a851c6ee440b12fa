from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]

    operations = [
        migrations.AddField(model_name="participant", name="seen_at", field=models.BigIntegerField(null=True)),
    ]
