# `make` alone lists what there is. Nothing is installed outside .venv and node_modules, except Chromium by `make test` and
# `make bench`, and nginx by `make serve` and, where CI=true, by `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Images of Python often say that no bytecode is kept: then every server and every worker compiles all its packages anew.
export PYTHONDONTWRITEBYTECODE :=

PORT ?= 8501
PREFIX ?=
# More for benchmarks/load.py, such as LOAD="--sessions 30".
LOAD ?=
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# Three workers on two cores, for one of them always waits for a page; each has a server and a Chromium of its own. Files
# are handed out in the order that tests/browser/conftest.py sets.
PARALLEL := $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: help run serve load test test-long checks lint format types browser nginx bench recordings clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

# A class needs this machine's own addresses, which Streamlit prints only along with one it asks the internet for.
run: $(VENV)/.run ## serve the app on http://localhost:8501, or on PORT=
	@for ip in $$(hostname -I 2>/dev/null || true); do \
	  case $$ip in *:*) ;; *) echo "  On this network: http://$$ip:$(PORT)" ;; esac; \
	done
	@exec $(PY) -m streamlit run app.py --server.port "$(PORT)"

serve: $(VENV)/.run ## serve several replicas behind nginx on PORT=, below PREFIX=; more in the README
	@bash scripts/install_nginx.sh
	@exec $(PY) -m deploy.serve --listen "$(PORT)" --prefix "$(PREFIX)"

load: $(VENV)/.dev ## let a hundred visitors use the app at once, and tell how long they wait
	$(PY) -m benchmarks.load $(LOAD)

test: checks browser nginx ## lint, check types, run the doctests and every test
	$(PARALLEL)

test-long: checks browser nginx ## the same with twenty times the random examples: for what is rare
	HYPOTHESIS_PROFILE=long $(PARALLEL)

# Side by side: each of them works on one core alone.
checks: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs 2 --output-sync lint types

lint: $(VENV)/.dev ## check style, formatting, who imports whom, and the types of the JavaScript
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo
	bash scripts/check_player.sh

format: $(VENV)/.dev ## put style and formatting right
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

types: $(VENV)/.dev ## check types
	$(VENV)/bin/mypy

# Looked for every time, since a browser can go away without a file of ours changing. CI may not go on without one.
browser: $(VENV)/.dev ## find Chromium, or install it
	@$(PY) -m tests.browser.driver || bash scripts/install_browser.sh $(PY) || [ "$${CI:-}" != true ]

# Only the tests of several replicas need it: by hand they are skipped without it.
nginx: ## install nginx where CI=true
	@[ "$${CI:-}" != true ] || bash scripts/install_nginx.sh

# One thread each, ours and the peer's, so that a ratio measures the code and not the scheduler.
bench: export OMP_NUM_THREADS = 1
bench: export OPENBLAS_NUM_THREADS = 1
bench: export MKL_NUM_THREADS = 1
# Never in parallel: a second worker would be measured along.
bench: browser ## measure, and compare with the bounds
	$(PY) -m pytest benchmarks --benchmark-quiet

recordings: $(VENV)/.dev ## train the network of the page Train a network anew, and record the run
	$(PY) -m scripts.record_runs

clean: ## remove .venv and every cache
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second run install nothing. A .venv that was cut short (no pip) is made anew.
$(VENV)/.made:
	@for python in python3.11 python3 none; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done; \
	if [ $$python = none ]; then \
	  echo "Python 3.11 or newer is needed, as python3.11 or python3. On Debian: apt-get install python3 python3-venv" >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	if ! $(PY) -m pip --version >/dev/null 2>&1; then $$python -m venv --clear $(VENV); fi; \
	touch $@

$(VENV)/.run: requirements.txt | $(VENV)/.made
	$(PIP) -r requirements.txt
	@touch $@

# Testing uses a small part of torch and its like: compiling what is imported, and not all, saves half a minute.
$(VENV)/.dev: requirements-dev.txt requirements.txt | $(VENV)/.made
	$(PIP) --no-compile -r requirements-dev.txt
	@$(PY) -c "import hypothesis, playwright.sync_api, streamlit.testing.v1, streamlit.web.cli, torch"
	@touch $(VENV)/.run $@
