# The book's commands. `make book` and `make test` set up .venv themselves.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/ready
TEXTS ?=
CHAPTERS ?=
NOTEBOOKS ?= chapters
WORKERS ?= 2
export PYTHONHASHSEED := 0
unexport MPLBACKEND

.PHONY: book test notebooks pdf accept verify lint lab bench clean

book: notebooks
	$(RUN) -m press.publish

# After this, `make book` offers the PDF on the site, as long as no source has changed since.
pdf: notebooks
	$(RUN) -m press.pdf

test: $(READY) lint
	TEXTS="$(TEXTS)" $(RUN) -m pytest -n $(WORKERS) --dist loadscope
	$(MAKE) notebooks
	$(if $(TEXTS),$(MAKE) verify,@echo "verify: skipped, since no folder of texts is named (make test TEXTS=DIR)")

notebooks: $(READY)
	$(RUN) -m pytest -p press.strict -p no:hypothesispytest --nbval -n $(WORKERS) --dist loadscope -o addopts=-q $(NOTEBOOKS)

accept: $(READY)
	$(RUN) -m press.accept $(CHAPTERS)

verify: $(READY)
	$(RUN) -m press.verify $(TEXTS)

lint: $(READY)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

lab: $(READY)
	$(VENV)/bin/jupyter lab --ContentsManager.pre_save_hook=press.lab.tidy chapters

bench: $(READY)
	$(RUN) -m press.bench

# The lock with its hashes first, then this package itself, which the lock cannot hold.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("As Printed needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf _build
