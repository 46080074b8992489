# Short names for the programs that do the work. Settings are given like this:
#   make run PORT=8001      make demo MEDIA=folder KEEP=1      make test ARGS="-k wizard"

PYTHON_OF_THE_PORTAL = .venv/bin/python

.PHONY: setup run test lint demo

setup:
	@sh tools/setup

run: setup
	@$(PYTHON_OF_THE_PORTAL) -m contest_portal.embedded run

demo: setup
	@$(PYTHON_OF_THE_PORTAL) -m contest_portal.desk.rehearse

test:
	@sh tools/setup --tests --browser
	@$(PYTHON_OF_THE_PORTAL) -m pytest -n 2 $(ARGS)

lint:
	@sh tools/setup --tests
	@$(PYTHON_OF_THE_PORTAL) tools/lint.py
