# Everything a person or a workflow runs. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8001
SHARE ?= 1
BASE_URL ?=
REPOSITORY ?=
DATASETTE ?=
# Another project than this one: the folder that holds its datapackages/ (docs/other-plans.md).
ROOT ?= .
# The shell reads them from its environment: an address with &, ; or a blank stays one word.
export BASE_URL REPOSITORY DATASETTE ROOT

.PHONY: site test tests lint nightly oldbrowser check serve database bench dice mutants descriptors rules messages lock help

site: .venv/.build  ## build the whole site into site/
	$(BIN)/python build.py site --root "$$ROOT" $${BASE_URL:+--base-url "$$BASE_URL"} $${REPOSITORY:+--repository "$$REPOSITORY"} $${DATASETTE:+--datasette "$$DATASETTE"}

test: .venv/.test  ## install what the tests need, a browser too, and run all tests and `make lint`
	@tests/browser/install.sh
	@$(MAKE) --no-print-directory -j 2 lint tests

# A process for each core and two more (tests/conftest.py); one that has done its tests takes some of another's.
tests: .venv/.test
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

oldbrowser: .venv/.test  ## try the site in Chromium 109, nightly (fetches it with npm)
	@tests/browser/old.sh
	$(BIN)/python -m pytest -m nightly tests/browser/test_old_browser.py

lint: .venv/.test  ## the form of the code (ruff) and its types (mypy)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy

nightly: .venv/.test  ## the tests that are slow and seldom broken
	$(BIN)/python -m pytest -m nightly

check: .venv/.build  ## check the data packages, write nothing
	$(BIN)/python build.py check --root "$$ROOT"

serve: .venv/.build  ## site and Datasette on one local port, rebuilt on change
	$(BIN)/python build.py serve --root "$$ROOT" --port $(PORT)

database: .venv/.build  ## write the SQLite database, and a folder for a plain Datasette
	$(BIN)/python build.py database --root "$$ROOT"

bench: .venv/.test  ## what 5, 10 and 50 plans cost, and one changed cell
	$(BIN)/python -m tests.bench

dice: .venv/.test  ## change single cells of the plans at random: how many does the check overlook
	$(BIN)/python -m tests.dice

mutants: .venv/.test  ## change the code line by line: which changes does no test notice (hours; SHARE=0.05 of them)
	$(BIN)/python -m tests.mutants --share $(SHARE)

descriptors: .venv/.build  ## write the table schemas into every datapackage.json
	$(BIN)/python -m openplans.schema.contract "$$ROOT"
	$(BIN)/python -m openplans.schema.contract tests/fixtures/tiny

rules: .venv/.build  ## write docs/rules.md, every rule of the check with examples, from its table
	$(BIN)/python -m openplans.rules.explained

messages: .venv/.build  ## bring the catalogues of the interface's words up to date with the templates
	$(BIN)/python -m openplans.text.i18n

lock: .venv/.build  ## pin all requirements anew, with hashes
	$(BIN)/python -m pip install --quiet uv
	for each in requirements requirements-serve requirements-distributed requirements-test; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" $$each.in --output-file $$each.txt; done

.venv/.build: requirements.txt | .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.build
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本。Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "缺少 Python 的 venv 模块,请先安装。Python's venv module is missing, install it first, on Debian and Ubuntu: apt-get install python3-venv"; exit 2; }

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
