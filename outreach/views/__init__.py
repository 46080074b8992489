"""Pages of the programme: the centre's table, the organiser's desk, the public page."""
