# Deftly's commands. Needs make, and Python 3.11 or newer with the venv module; no more.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
WEB := $(BIN)/python hatch_build.py npm run
CODE := $(wildcard src tests bench hatch_build.py)
PYTEST := $(BIN)/pytest --no-header
unexport PYTHONDONTWRITEBYTECODE # with it, every process would compile Deftly anew
# One more worker than cores, because tests wait as well; `make test WORKERS=0` runs them one after
# another in one process.
WORKERS ?= $(shell expr $$(nproc) + 1)
PARALLEL = -n $(WORKERS) --dist worksteal
# `make test ARGS="-k confirm"`, `make demo ARGS="--once 'Where is my order A-1042?'"`
ARGS ?=

.PHONY: help install install-dev demo test web-test browser quick check format bench lock clean

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: ## Make .venv and install Deftly into it
	@scripts/install runtime

install-dev: # what tests and checks need besides; every target that needs it asks for it
	@scripts/install dev

demo: ## Start a sample shop and try Deftly on it (ARGS="--once 'a question'" asks and ends)
	@scripts/install local
	@[ "$$(uname -sm)" = "Linux x86_64" ] || echo "The local model runs on Linux x86_64 only; the demo says how to name another."
	@$(BIN)/deftly demo $(ARGS)

test: ## Run the checks and all tests
	@$(MAKE) --jobs=2 --output-sync=target check web-test browser
	@$(PYTEST) -q -m "speed and not browser" $(ARGS) || [ $$? -eq 5 ] # 5: no such test among ARGS
	@$(PYTEST) -q -m "speed and browser" $(ARGS) || [ $$? -eq 5 ] # Playwright keeps a loop running
	@$(PYTEST) -q $(PARALLEL) -m "browser and not speed" $(ARGS) || [ $$? -eq 5 ]
	@$(PYTEST) $(PARALLEL) -m "not speed and not browser" $(ARGS)

web-test: install-dev
	@$(WEB) test --silent

browser: # for the tests that drive one
	@scripts/browser

quick: install-dev ## Run the fast tests
	@$(PYTEST) $(PARALLEL) -m "not slow and not speed and not browser" $(ARGS)

check: install-dev ## Run linter, formatter, type checker and import contracts
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE) || { echo "'make format' puts that right."; exit 1; }
	@$(BIN)/mypy --no-error-summary $(CODE)
	@$(BIN)/lint-imports --no-logo
	@$(WEB) check --silent

format: install-dev ## Format the code and mend what the linter can mend
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)
	@$(WEB) format --silent

bench: install-dev ## Measure Deftly against a bare pass-through
	@$(BIN)/python -m bench $(ARGS)

lock: install-dev ## Write the lock files after a change in pyproject.toml (ARGS=--upgrade moves all)
	@scripts/lock $(ARGS)

clean: ## Remove .venv and everything tools have made
	@rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis build dist
	@rm -rf web/node_modules src/deftly/rest/assets/dashboard src/deftly/rest/assets/embed
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
