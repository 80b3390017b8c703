# make demo       checks the shipped plan and asks it three questions
# make test       runs the quick tests
# make test-all   runs all tests: servers, LibreOffice, wheels, fuzzing
# make lint       checks style, types and what is generated
# make bench      times the checks beside other engines, and those of drafts
# Each makes .venv where there is none; Python 3.11 or later is needed.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif

# pytest's worker processes; 0 runs everything in one
WORKERS ?= auto
TOUCH = $(BIN)/python -c "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()"
KG = $(BIN)/somswd-kg

.PHONY: demo test test-all lint bench generate

demo: .venv/run.stamp
	$(KG) validate
	$(KG) coverage
	$(KG) ask indicator-gaps
	$(KG) ask goals-without-results
	$(KG) ask groups-lost-below-the-vision --lang th

test: .venv/dev.stamp
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not server and not slow"

test-all: .venv/dev.stamp
	$(BIN)/python -m pytest -q -n $(WORKERS)

lint: .venv/dev.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python scripts/generate.py --check

generate: .venv/dev.stamp
	$(BIN)/python scripts/generate.py

bench: .venv/dev.stamp
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/drafts.py
	$(BIN)/python benchmarks/start.py

.venv/made.stamp:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or later is needed' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(TOUCH) $@

.venv/run.stamp: .venv/made.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@$(TOUCH) $@

.venv/dev.stamp: .venv/run.stamp
	$(BIN)/python -m pip install --quiet --group dev
	@$(TOUCH) $@
