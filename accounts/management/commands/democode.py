"""manage.py democode NAME"""

from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import DemonstrationRefused, current_code


class Command(BaseCommand):
    help = "Prints what the authenticator of a demonstration account shows now."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="such as demo-organiser")

    def handle(self, *, name, **options):
        try:
            self.stdout.write(current_code(name))
        except DemonstrationRefused as refusal:
            raise CommandError(refusal.message) from refusal
