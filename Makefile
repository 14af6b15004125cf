# Two commands: `make demo` shows Rapport with sample interviews, `make test` runs everything that has to hold.
SHELL := /bin/bash
# Debian's own Python, where it can make environments, is built to be half as fast again as one built by default.
PYTHON := $(shell /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null && echo /usr/bin/python3.11 \
	|| command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := RAPPORT_HOME=.demo RAPPORT_HOSTS= RAPPORT_DATABASE_URL= RAPPORT_SECRET_KEY=

.PHONY: demo test explore compat references bench requirements clean

# `make demo SERVE=no` ends after the plan. The clock stands at the morning after the sample interviews.
demo: $(VENV)/installed
	@rm -rf .demo
	@$(DEMO) $(BIN)/rapport plan examples/* --me 'Alex Morgan <alex.morgan@mail.example>' --zone Europe/Berlin \
		--now 2026-11-21T09:00:00+00:00
ifneq ($(SERVE),no)
	@$(DEMO) $(BIN)/rapport serve
endif

# What comes from Debian is fetched while Python's packages are.
test:
	@scripts/services install & services=$$!; \
		$(MAKE) --no-print-directory $(VENV)/installed-dev && wait $$services
	@VENV=$(VENV) scripts/test

# Properties on examples nobody has seen yet, 200 each unless they say otherwise; what fails is printed with its example.
explore: $(VENV)/installed-dev
	@printf '%s\n' $(or $(OF),tests/nouns tests/rules tests/importers) \
		| RAPPORT_TEST_ANEW=yes xargs -P 2 -n 1 $(BIN)/python -m pytest -q

# `make compat CARDS=folder`: the vCards of a folder, read and given back, a line a file.
compat: $(VENV)/installed-dev
	@$(BIN)/python -m tests.compat.cards $(CARDS)

# docs/cli.md and docs/norms.md, from the code.
references: $(VENV)/installed
	@$(BIN)/python -m rapport.cli.reference

# Prints figures and judges nothing; docs/measurements.md tells how to read them. `make bench OF=pages` measures one subject.
bench: $(VENV)/installed-dev
	@$(BIN)/python -m bench $(OF)

$(BIN)/python:
	@$(if $(PYTHON),,echo "Rapport needs Python 3.11 or newer. Install it: apt-get install python3.11 python3-venv" >&2; exit 1)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Rapport needs Python 3.11 or newer; $(PYTHON) is older." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) ..."
	@scripts/install $(VENV) requirements.txt
	@touch $@

# The same pins and those for tests.
$(VENV)/installed-dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV), with what tests need ..."
	@scripts/install $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/installed

# Pins and hashes, from the names in pyproject.toml; its [tool.pip-tools] leaves out every index address.
# `make requirements UPGRADE=--upgrade` moves to the newest versions.
requirements: $(VENV)/installed-dev
	CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile $(UPGRADE) -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile $(UPGRADE) --extra dev --extra ocr -c requirements.txt \
		-o requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .demo build *.egg-info
