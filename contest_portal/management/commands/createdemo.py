"""Makes the demonstration: accounts for every role, works, rounds, stations."""

from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import create_demo_accounts, refuse_in_production
from contest_portal import env
from contest_portal.desk.demonstration import tell_story
from contest_portal.desk.scenario import load_scenario
from contests.errors import RuleViolation
from contests.models import Contest


class Command(BaseCommand):
    help = "Make the demonstration of the default rule book; what is there stays."

    def handle(self, *args, **options):
        try:
            refuse_in_production()
        except RuleViolation as refusal:
            raise CommandError(str(refusal.message)) from refusal
        folder = env.default_rulebook()
        contest = Contest.objects.filter(key=folder.name).first()
        if contest is None:
            raise CommandError(
                f"Load the rule book first: manage.py loadrulebook {folder}"
            )
        accounts = create_demo_accounts(contest)
        scenario = load_scenario(folder)
        if scenario is not None:
            tell_story(contest, scenario, say=self.stdout.write)
        self._tell_accounts(accounts)

    def _tell_accounts(self, accounts):
        self.stdout.write(f"Accounts; the password of all is {accounts[0].password}")
        for account in accounts:
            self.stdout.write(f"  {account.username:18} {account.role.label}")
