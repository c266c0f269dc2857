# Two commands are enough: `make run` and `make test`. See README.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: env
env: ## the environment with everything that tests and checks need
	@$(PYTHON) scripts/env.py dev
