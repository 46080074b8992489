"""How user rows are made, and which of them somebody may manage."""

from django.contrib.auth.models import BaseUserManager
from django.db import models


class UserQuerySet(models.QuerySet):
    def holding_a_role_in(self, contests):
        return self.filter(memberships__contest__in=contests).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
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
