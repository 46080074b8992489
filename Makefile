# Short names for the programs that do the work. Settings are given like this:
#   make run PORT=8001      make demo MEDIA=folder KEEP=1      make test ARGS="-k wizard"
#   make faults ROUNDS=5    make bench-uploads SIZES=10,100    make bench-rush N=500

PYTHON_OF_THE_PORTAL = .venv/bin/python

BENCHES = bench-uploads bench-rush bench-workers bench-media bench-pictures \
	bench-duplicates

.PHONY: setup run demo test lint faults fuzz-media bench $(BENCHES)

setup:
	@sh tools/setup

run: setup
	@$(PYTHON_OF_THE_PORTAL) -m contest_portal.embedded run

demo: setup
	@$(PYTHON_OF_THE_PORTAL) -m contest_portal.desk.rehearse

test:
	@sh tools/setup --tests --browser
	@$(PYTHON_OF_THE_PORTAL) -m pytest -n 3 --dist worksteal $(ARGS)

lint:
	@sh tools/setup --tests
	@$(PYTHON_OF_THE_PORTAL) tools/lint.py

faults fuzz-media:
	@sh tools/setup --tests
	@$(PYTHON_OF_THE_PORTAL) -m bench $@

$(BENCHES): bench-%:
	@sh tools/setup --tests
	@$(PYTHON_OF_THE_PORTAL) -m bench $*

# All of them in short; figures worth keeping come from those above.
bench:
	@$(MAKE) --no-print-directory faults ROUNDS=2
	@$(MAKE) --no-print-directory bench-uploads SIZES=10,100 PAIRS=3
	@$(MAKE) --no-print-directory bench-rush N=50
	@$(MAKE) --no-print-directory bench-workers PHOTOGRAPHS=4 FILMS=1 PAIRS=1
	@$(MAKE) --no-print-directory bench-media CLIPS=h264 LENGTHS=10 PAIRS=2 CASES=1
	@$(MAKE) --no-print-directory bench-pictures ROUNDS=3
	@$(MAKE) --no-print-directory bench-duplicates PICTURES=6 FILMS=2 ROWS=10000,100000
