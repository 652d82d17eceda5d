# One virtual environment for everything; it is made once and follows pyproject.toml and constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORT ?= seeds/zhongshan-science-bureau-2018.txt
OUT ?= out

.PHONY: brief test lint clean

brief: $(VENV)/.installed
	$(BIN)/jianbao brief $(REPORT) -o $(OUT)

test: $(VENV)/.installed-dev lint
	$(BIN)/pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check pipeline tests eval
	$(BIN)/ruff format --check pipeline tests eval
	$(BIN)/mypy

$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) $(OUT)
