# Everything one does with a checkout. `make` alone lists it.
# HOST, PORT and the NEACD_* variables of the README are taken from the environment: PORT=8001 make run

SHELL := /bin/sh
PYTHON_HERE := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo test test-postgres check format bench clean

help: ## this list
	@echo "NEACD: multilateral dialogue role-play, live, moderated, on the record."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  HOST=0.0.0.0 make run   lets phones on the same network in; PORT=8001 make run takes another port"

setup: ## make .venv with what serving needs (make run does it by itself)
	@sh scripts/setup run

setup-dev: ## the same with what working on the code needs
	@sh scripts/setup dev

run: setup ## serve the rooms on http://127.0.0.1:8000 and print a sign-in link
	@exec $(PYTHON_HERE) manage.py serve

demo: setup ## the same, while two hours of play pass in ten minutes; SPEED=1 make demo as slowly as in class
	@exec $(PYTHON_HERE) manage.py serve --rehearse $(or $(PLAY),two_hours) --speed $(or $(SPEED),12)

# What needs neither a served room nor a browser runs on every core, on SQLite; then all of it that asks a database, with
# the sockets and the attacks, on PostgreSQL; then what starts servers, several at a time, for it waits a good deal, on
# PostgreSQL and on SQLite, and browsers, two at a time. Files are taken in this order, not by how many tests they hold:
# the longest ones hold few.
ALONE := tests/domain tests/rooms tests/debrief tests/delegations tests/drafting tests/editing tests/exporting tests/papers
IN_FILES := --dist loadfile --no-loadscope-reorder
ON_EVERY_CORE := -n auto --maxprocesses 4 $(IN_FILES)
ON_POSTGRES := $(filter-out tests/domain,$(ALONE)) tests/wire tests/security
SERVED_ON_POSTGRES := -n 4 $(IN_FILES) tests/faults tests/operations
BROWSERS := tests/browser

test: setup-dev ## the whole test-suite; ARGS="-k floor" for a part of it
ifdef ARGS
	@exec $(PYTHON_HERE) -m pytest $(ARGS)
else
	@$(PYTHON_HERE) -m pytest $(ON_EVERY_CORE) $(ALONE)
	@$(PYTHON_HERE) -m tests.on_postgres --if-there $(ON_EVERY_CORE) $(ON_POSTGRES)
	@$(PYTHON_HERE) -m tests.on_postgres --if-there $(SERVED_ON_POSTGRES)
	@$(PYTHON_HERE) -m pytest -n 3 $(IN_FILES) $(addprefix --ignore=,$(ALONE) $(BROWSERS))
	@$(PYTHON_HERE) -m pytest -n 2 $(IN_FILES) $(BROWSERS)
endif

test-postgres: setup-dev ## the tests that ask a database, on PostgreSQL; ARGS="tests/rooms" for a part of them
ifdef ARGS
	@exec $(PYTHON_HERE) -m tests.on_postgres $(ARGS)
else
	@$(PYTHON_HERE) -m tests.on_postgres $(ON_EVERY_CORE) $(ON_POSTGRES)
	@$(PYTHON_HERE) -m tests.on_postgres $(SERVED_ON_POSTGRES)
endif

check: setup-dev ## format, lint, types, missing migrations, scripts, tests: the line before every commit
	@$(PYTHON_HERE) -m ruff format --check .
	@$(PYTHON_HERE) -m ruff check .
	@$(PYTHON_HERE) -m mypy
	@$(PYTHON_HERE) manage.py makemigrations --check --dry-run
	@if command -v node >/dev/null; then node --test tests/js/*.test.*js; else echo "node is not here: tests/js left out"; fi
	@$(MAKE) --no-print-directory test

format: setup-dev ## put the code into its form
	@$(PYTHON_HERE) -m ruff format .
	@$(PYTHON_HERE) -m ruff check --fix .

bench: setup-dev ## what one small machine carries, beside what others do; ARGS=--quick, ARGS="--only storm"
	@exec $(PYTHON_HERE) -m tests.load.bench $(ARGS)

clean: ## remove caches and .venv; never var/, where the records are
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
