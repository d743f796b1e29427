.DEFAULT_GOAL := help
# With it every process that a test or a benchmark starts would compile all of Pantau again.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.PHONY: help setup demo test torture check bench screenshots words lock clean

PYTHONS := $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14)
PIP := .venv/bin/python -m pip -qq --disable-pip-version-check
LOCALE := tui/locale
UV := uv==0.13.9
# Where tests have a longer form.
LONG := tests/torture tests/inbox tests/workflow/test_laws.py tests/tui
COMPILE := build/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-header

# What is wrong with an interpreter. Debian keeps ensurepip, without which there is no .venv, in a package of its own.
FAULT := import sys, importlib.util as modules; \
    print("is %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else \
    "" if modules.find_spec("ensurepip") else "has no ensurepip (on Debian: python3-venv)")

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | while read -r target does; do printf '%-12s%s\n' "$$target" "$$does"; done

setup: .venv/dev ## install Pantau into .venv, with all that its tests need

demo: .venv/runtime ## try Pantau on made-up offices and documents
	@.venv/bin/pantau demo

test: check ## run the checks, then all tests
	.venv/bin/pytest -n auto

torture: .venv/dev ## the long tests: storms, sweeps, pulled plugs
	.venv/bin/pytest $(LONG) -m '' -n auto -o faulthandler_timeout=0

check: .venv/dev ## lint, formatting, types and import contracts
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench: .venv/dev ## measure what it costs; PARTS="status screens day" runs some of it
	.venv/bin/python -m benchmarks $(PARTS)

screenshots: .venv/dev ## draw every screen anew, for the tests and for the README
	.venv/bin/python -m tests.tui.snapshots

words: .venv/dev ## bring the Indonesian catalogue up to date with the sentences of tui
	mkdir -p build
	.venv/bin/pybabel --quiet extract --keyword many:1,2 --add-location file --sort-by-file \
	    --project pantau --output build/pantau.pot tui
	.venv/bin/pybabel --quiet update --domain pantau --locale id --input-file build/pantau.pot \
	    --output-dir $(LOCALE) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	sed -i "/^\"Generated-By/d" $(LOCALE)/id/LC_MESSAGES/pantau.po
	.venv/bin/pybabel compile --domain pantau --directory $(LOCALE) --statistics

lock: .venv/pyvenv.cfg ## pin the newest releases that pyproject.toml allows, with their hashes
	.venv/bin/python -m venv --clear build/lock
	build/lock/bin/pip --quiet --disable-pip-version-check install $(UV)
	$(COMPILE) --group build --output-file deploy/requirements.txt pyproject.toml
	$(COMPILE) --group dev --constraint deploy/requirements.txt --output-file .ci/requirements.txt pyproject.toml

clean: ## remove everything that make made
	rm -rf .venv build dist pantau.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The development lock holds the runtime lock, so one .venv serves both.
.venv/runtime: deploy/requirements.txt pyproject.toml .venv/pyvenv.cfg
	@$(PIP) install --require-hashes --requirement $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .ci/requirements.txt pyproject.toml .venv/pyvenv.cfg
	@$(PIP) install --require-hashes --requirement $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/runtime

.venv/pyvenv.cfg:
	@why='none was found'; \
	for python in $(PYTHONS); do \
	    fault=$$($$python -c '$(FAULT)' 2>/dev/null) || continue; \
	    if [ -z "$$fault" ]; then \
	        echo 'Installing into .venv, once; this takes a minute.' >&2; \
	        exec $$python -m venv --clear .venv; \
	    fi; \
	    why="$$python $$fault"; \
	done; \
	echo "Pantau needs Python 3.11 or newer, and $$why: install one, or name it with make PYTHON=/path/to/python3." >&2; \
	exit 1
