# `make` alone lists the targets. Their variables reach the recipes through the environment, where
# make puts all of its command line: so a value is one word for the shell, whatever is in it.
# THEME is read from there by whoever needs it.
python := .venv/bin/python
lesson := $${LESSON:+--lesson="$$LESSON"}
chapter := $${CHAPTER:+--chapter="$$CHAPTER"}
stock := $${STOCK:+--stock}
voice := $${VOICE:+--voice="$$VOICE"}
cluster := $${CLUSTER:+--cluster="$$CLUSTER"}
pieces := $(lesson) $(chapter) $(stock) $(voice) $${JOBS:+--jobs="$$JOBS"}

.PHONY: help render plan preview watch lesson page notebook slides handout open script review new sentences gallery test bench check format lock
.PHONY: environment clean distclean

help:
	@awk -F ' *## *' '/^[a-z]+:.*##/ { \
	    sub(/:.*/, "", $$1); printf "make %-26s %s\n", $$1 " " $$2, $$3 }' Makefile

render: environment ## ## film the lecture  [QUALITY=draft|medium|high LESSON=file THEME=light VOICE=folder|none JOBS=number STOCK=1 CLUSTER=tcp://…]
	@$(python) -m pipeline render --quality="$${QUALITY:-high}" $(pieces) $(cluster)
	@echo "make open plays it; make page, make slides, make handout and make notebook make more of it" >&2

plan: environment ## ## say what would be filmed, and why
	@$(python) -m pipeline plan --quality="$${QUALITY:-high}" $(lesson) $(chapter) $(stock) $(voice)

preview: environment ## CHAPTER=7 ## film one chapter quickly, at 480p; with BEAT=3 only that beat
	@$(python) -m pipeline preview --quality="$${QUALITY:-draft}" $(pieces) $${BEAT:+--beat="$$BEAT"}

watch: environment ## CHAPTER=7 ## film it anew after every save that changes it
	@$(python) -m pipeline watch --quality="$${QUALITY:-draft}" $(lesson) $(chapter) $(stock) $(voice)

lesson: environment ## LESSON=file ## one page about a lesson, before anything is rendered
	@$(python) -m pipeline lesson $(lesson)

page: environment ## ## the lecture as a page, with a laboratory to touch: build/high/page/index.html
	@$(python) -m page --quality="$${QUALITY:-high}" $(lesson) $(voice)

slides: environment ## ## the films as slides that play, a beat each, to lecture with: build/high/lecture.pptx
	@$(python) -m pipeline slides --quality="$${QUALITY:-high}" $(lesson) $(chapter) $(stock) $(voice)

handout: environment ## ## the lecture on paper, with exercises: build/high/handout.pdf  [PAPER=a4|letter]
	@$(python) -m handout --quality="$${QUALITY:-high}" $(lesson) $(stock) $(voice) $${PAPER:+--paper="$$PAPER"}

notebook: environment ## LESSON=file ## open the notebook that the lecture grew out of in JupyterLab
	@$(python) -m notebooks

open: environment ## ## open what was made last
	@$(python) -m pipeline open

script: environment ## ## write what is said, by chapter and beat, to be read aloud: build/script.md
	@$(python) -m pipeline script $(pieces)

review: environment ## ## contact sheets, what the layout check says, and measures
	@$(python) -m pipeline review $${QUALITY:+--quality="$$QUALITY"} $(pieces)

new: environment ## CHAPTER=18 TITLE="..." ## begin a chapter that plays, to be written
	@$(python) -m pipeline new $(chapter) $${TITLE:+--title="$$TITLE"}

gallery: environment ## ## draw what the builders of the kit draw: docs/kit.md
	@$(python) -m docs.kit

test: environment ## ## run the tests
	@$(python) -m pytest --numprocesses=auto --maxprocesses=8 --dist=loadfile

sentences: environment ## ## gather what the captions say, or begin or update a translation  [TO=de]
	@$(python) -m pipeline sentences $${TO:+--to="$$TO"}

bench: environment ## ## measure how fast this is: docs/benchmarks.md, an hour  [WHOLE=1 PLAIN=1]
	@$(python) -m benchmarks $${WHOLE:+--whole} $${PLAIN:+--plain="$$PLAIN"} $${QUICK:+--quick}

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
