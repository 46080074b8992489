"""The database itself refuses to change or delete a line of the audit log."""

from django.db import migrations

FORBID = """
CREATE FUNCTION accounts_auditentry_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_auditentry_is_append_only();
"""

ALLOW = """
DROP TRIGGER append_only ON accounts_auditentry;
DROP FUNCTION accounts_auditentry_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, reverse_sql=ALLOW)]
