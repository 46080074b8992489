"""How user rows are made."""

from django.contrib.auth.models import BaseUserManager


class UserManager(BaseUserManager):
    def create_user(self, *, phone=None, username=None, password=None, **fields):
        user = self.model(phone=phone, username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(
            username=username,
            password=password,
            is_staff=True,
            is_superuser=True,
            **fields,
        )
