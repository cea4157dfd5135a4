# `make` alone lists the targets. Their variables reach the recipes through the environment, where
# make puts all of its command line: so a value is one word for the shell, whatever is in it.
python := .venv/bin/python
lesson := $${LESSON:+--lesson="$$LESSON"}
pieces := $(lesson) $${CHAPTER:+--chapter="$$CHAPTER"} $${JOBS:+--jobs="$$JOBS"}

.PHONY: help render preview review test check format lock environment clean distclean

help:
	@awk -F ' *## *' '/^[a-z]+:.*##/ { \
	    sub(/:.*/, "", $$1); printf "make %-19s %s\n", $$1 " " $$2, $$3 }' Makefile

render: environment ## ## film the lecture  [QUALITY=draft|medium|high LESSON=file JOBS=number]
	@$(python) -m pipeline render --quality="$${QUALITY:-high}" $(pieces)

preview: environment ## CHAPTER=7 ## film one chapter quickly, at 480p
	@$(python) -m pipeline preview --quality="$${QUALITY:-draft}" $(pieces)

review: environment ## ## contact sheets: the frame at the end of every beat
	@$(python) -m pipeline review $${QUALITY:+--quality="$$QUALITY"} $(pieces)

test: environment ## ## run the tests
	@$(python) -m pytest

check: environment ## ## format, lint, types, import contracts
	@.venv/bin/ruff format --check
	@.venv/bin/ruff check
	@$(python) -m mypy
	@.venv/bin/lint-imports

format: environment ## ## rewrite the sources as `make check` wants them
	@.venv/bin/ruff format
	@.venv/bin/ruff check --fix

environment: ## ## only set up, as every target above does first  [PYTHON=python3.12]
	@sh environment/set-up.sh

lock: environment ## ## remake the locks from pyproject.toml  [UPGRADE=1]
	@sh environment/lock.sh

clean: ## ## remove what was rendered, and every cache
	@rm -rf build media .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## ## remove .venv too
	@rm -rf .venv
