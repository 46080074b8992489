"""How submissions look to programs. Serializers shape; services write."""
