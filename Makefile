# Every command of this project. CI runs `make test demo`.

PYTHON ?= python3
VENV ?= .venv
RUN = $(VENV)/bin

.PHONY: help setup demo whole test lint types contracts artifacts unit release cassettes speed measure clean

help:  ## Show the targets.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/'

$(VENV)/local: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local]'
	touch $@

$(VENV)/dev: $(VENV)/local
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local,dev]'
	touch $@

setup: $(VENV)/dev  ## Set up the development environment.

whole: $(VENV)/dev  ## Add Ray, and what drives Chromium, so that no test is skipped.
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local,dev,browser,ray]'

demo: $(VENV)/local  ## Set everything up and brief an article of examples/ with the embedded model.
	$(RUN)/summarizer brief examples/strike.txt --published 2026-03-11

test: $(VENV)/dev lint types contracts artifacts unit  ## Set everything up and pass the tests.

lint: $(VENV)/dev  ## Check style.
	$(RUN)/ruff check --quiet .
	$(RUN)/ruff format --quiet --check .

types: $(VENV)/dev  ## Check types.
	$(RUN)/mypy --no-error-summary

contracts: $(VENV)/dev  ## Check which module may import which.
	$(RUN)/lint-imports > $(VENV)/contracts.txt || { cat $(VENV)/contracts.txt; exit 1; }

unit: $(VENV)/dev  ## Run the tests, offline, on all processors.
	$(RUN)/python -m pytest --quiet --numprocesses auto --dist loadgroup

artifacts: $(VENV)/dev  ## Check that prompts and schemas are as released, and that cassettes are not stale.
	$(RUN)/summarizer prompts check
	$(RUN)/summarizer schemas check
	$(RUN)/summarizer cassettes check cassettes

release: $(VENV)/dev  ## Write the schemas of the classes, and lock new prompts and schemas.
	$(RUN)/summarizer schemas release
	$(RUN)/summarizer prompts release

cassettes: $(VENV)/dev  ## Record the cassettes of examples/ anew, with the embedded model.
	$(RUN)/summarizer cassettes refresh $$(find cassettes -name '*.json')

speed: $(VENV)/dev  ## Measure time, memory and overhead; see docs/benchmarks.md.
	$(RUN)/python -m benchmarks.speed
	$(RUN)/python -m benchmarks.overhead
	$(RUN)/python -m benchmarks.replay
	$(RUN)/python -m benchmarks.page
	$(RUN)/python -m benchmarks.documents

measure: $(VENV)/dev  ## Measure the check on the gold sets in DATA; see docs/check.md.
	$(RUN)/python -m benchmarks.mutations --data $(DATA)
	$(RUN)/python -m benchmarks.quotations --data $(DATA)
	$(RUN)/python -m benchmarks.summaries --data $(DATA)
	$(RUN)/python -m benchmarks.injections --data $(DATA)
	$(RUN)/python -m benchmarks.latency

clean:  ## Remove what make made.
	rm -rf $(VENV) build dist
