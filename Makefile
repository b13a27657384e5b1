# Every command of this project. CI runs `make test demo`.

PYTHON ?= python3
VENV ?= .venv
RUN = $(VENV)/bin

.PHONY: help setup demo test lint types contracts unit lock cassettes speed measure clean

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

demo: $(VENV)/local  ## Set everything up and brief an article of examples/ with the embedded model.
	$(RUN)/summarizer brief examples/strike.txt --published 2026-03-11

test: $(VENV)/dev lint types contracts unit  ## Set everything up and pass the tests.

lint: $(VENV)/dev  ## Check style.
	$(RUN)/ruff check --quiet .
	$(RUN)/ruff format --quiet --check .

types: $(VENV)/dev  ## Check types.
	$(RUN)/mypy --no-error-summary

contracts: $(VENV)/dev  ## Check which module may import which.
	$(RUN)/lint-imports > $(VENV)/contracts.txt || { cat $(VENV)/contracts.txt; exit 1; }

unit: $(VENV)/dev  ## Run the tests, offline.
	$(RUN)/python -m pytest --quiet

lock: $(VENV)/dev  ## Write new schemas from the models, and lock new prompts and schemas.
	$(RUN)/python -m summarizer.release

cassettes: $(VENV)/dev  ## Record the cassettes of examples/ anew, with the embedded model.
	tail -n +2 examples/published.tsv | while read -r file published _; do \
	  $(RUN)/summarizer brief "examples/$$file" --published "$$published" --output /dev/null \
	    --cassette "cassettes/$${file%.txt}.json" --record all || exit 1; done

speed: $(VENV)/dev  ## Measure time, memory and overhead; see docs/benchmarks.md.
	$(RUN)/python -m benchmarks.speed
	$(RUN)/python -m benchmarks.overhead

measure: $(VENV)/dev  ## Measure the check on the gold sets in DATA; see docs/check.md.
	$(RUN)/python -m benchmarks.mutations --data $(DATA)
	$(RUN)/python -m benchmarks.quotations --data $(DATA)
	$(RUN)/python -m benchmarks.summaries --data $(DATA)
	$(RUN)/python -m benchmarks.injections --data $(DATA)
	$(RUN)/python -m benchmarks.latency

clean:  ## Remove what make made.
	rm -rf $(VENV) build dist
