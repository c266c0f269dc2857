# Two commands are enough: `make run` and `make test`. README.md says more.
PYTHON ?= python3
BIN := .venv/bin
MAKEFLAGS += --no-print-directory

.PHONY: run test test-slow test-engine test-long check bench env assets lint format types imports migrations translations templates \
	licences licence-list messages lock

run: ## the site with its demo on http://127.0.0.1:8000 (PORT=… changes it)
	@$(PYTHON) scripts/env.py run
	@exec $(BIN)/python scripts/run.py

test: env ## the whole suite; ARGS="-k word" hands arguments on to pytest
	@$(BIN)/python scripts/test.py $(ARGS)

test-slow: env ## packages built, installed in fresh environments and played; the tutorial walked; the engine alone
	@$(BIN)/python -m pytest -q -m slow $(ARGS)
	@$(MAKE) test-engine

test-engine: env ## the engine's own tests without the document types that come with the software
	@$(BIN)/python -m pytest -q -n 2 --ds tests.toys.settings -m "not browser and not slow" tests/klk_workflow

test-long: env ## chance plays all parts for an hour or two: thousands of sequences, threads on PostgreSQL
	@KLK_LONG_TESTS=1 $(PYTHON) scripts/test.py tests/invariants/test_machine_of_everything.py $(ARGS)

check: env ## everything that is not a test; goes on after a finding
	@$(MAKE) -k lint types imports migrations translations templates licence-list

bench: assets ## ratios against baselines, in a scratch folder
	@$(BIN)/python -m bench

env: ## the environment with what tests and checks need
	@$(PYTHON) scripts/env.py dev

assets: env ## style sheets and fonts
	@$(BIN)/python scripts/assets.py

lint:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: env
	$(BIN)/ruff format

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

translations:
	$(BIN)/python scripts/translations.py check

templates:
	$(BIN)/djlint --lint --quiet home klk_workflow templates

licence-list:
	$(BIN)/python scripts/licences.py check

licences: env ## write docs/licences.md anew
	@$(BIN)/python scripts/licences.py update

messages: env ## collect new texts for translation
	@$(BIN)/python scripts/translations.py update

lock: ## newest allowed versions into the lock files (uv must be installed)
	sh scripts/lock.sh
