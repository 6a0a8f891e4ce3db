# `make` lists what there is. `make train` and `make test` do all the set-up themselves.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
EXTRAS := train,web,agent,tools,dev
# Passed on to the command, as in: make train ARGS="--seed 7"
ARGS ?=
GYM ?= accounting

.PHONY: help
help: ## List the targets
	@printf 'Palaestra. Usage: make TARGET [ARGS="..."] [GYM=%s]\n\n' '$(GYM)'
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) \
	    | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

##### Setting up

.PHONY: setup
setup: $(STAMP) ## Build .venv with the pinned versions, and install Chromium where it is missing
	@scripts/install_chromium.sh

# Built again when what it was built from changes; the stamp comes last, so half a set-up never counts.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'error: Palaestra needs Python 3.11 or newer; name one with make PYTHON=...' >&2; exit 1; }
	@rm -f $@
	@echo 'Setting up $(VENV) with the versions in constraints.txt (a minute or two from nothing) ...'
	@[ -x $(BIN)/python ] && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq -c constraints.txt pip hatchling
	@$(BIN)/python -m pip install -qq -c constraints.txt --no-build-isolation -e '.[$(EXTRAS)]' \
	    || { echo 'error: pip failed (above). If what it misses is torch: on Linux this project takes' >&2; \
	         echo 'only the CPU build; name an index that has it in PIP_EXTRA_INDEX_URL.' >&2; exit 1; }
	@$(BIN)/python -m pip install -qq -c constraints.txt --no-deps miniwob  # its pages are all we need
	@touch $@

.PHONY: constraints
constraints: setup ## Write constraints.txt anew from the newest versions that pyproject.toml allows
	@scripts/write_constraints.sh '$(EXTRAS)'

##### The main job

.PHONY: train
train: setup ## Train an agent by self-play on this machine, and end with an exam report
	@$(BIN)/palaestra train --preset laptop $(ARGS)

.PHONY: open
open: setup ## Open an office in your web browser (GYM=accounting)
	@$(BIN)/palaestra open $(GYM) $(ARGS)

.PHONY: check
check: setup ## Run the conformance kit over a gym (GYM=accounting)
	@$(BIN)/palaestra check $(GYM) $(ARGS)

.PHONY: bench
bench: setup ## Measure steps a second, forks and memory
	@$(BIN)/palaestra bench $(ARGS)

##### Tests

# One thread for each of the two test processes: torch would start one a core in both.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest

.PHONY: test
test: lint ## Everything that must hold: style, types, all tests
	@$(PYTEST) -n 2 $(ARGS)

.PHONY: quick
quick: setup ## The tests that need neither minutes nor a browser
	@$(PYTEST) -n 2 -m 'not slow and not browser' $(ARGS)

.PHONY: lint
lint: setup ## Style and types: ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: format
format: setup ## Lay the code out, and mend what ruff can mend
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: golden
golden: setup ## Write the golden files anew; read the diff before you commit it
	@$(PYTEST) -m 'not slow' --regenerate-golden $(ARGS)
	@git --no-pager diff --stat -- tests

.PHONY: clean
clean: ## Remove .venv and the caches; runs/ stays
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
