# make run: judges the five towns. make test: everything that must hold. make test-fast: what tells
# most in a minute. make test-thorough: properties with many more examples. make test-browser: the
# HTML report in a browser. make desk: the desk that runs in a browser by itself, and make test-desk
# its tests. make test-oscal: the OSCAL report in compliance-trestle. All set themselves up, with the
# versions that requirements/ locks.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Of what is installed, most is never imported: the rest is compiled where it is.
LOCKED = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
ALL_CORES := --numprocesses auto --dist worksteal
# Tests are compiled once, not in every process of every run, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run check test test-fast test-thorough slow test-latest test-browser desk desk-if-npm test-desk \
  test-oscal docs bench bench-judged lock fuzz fuzz-all clean

run: $(READY)
	$(BIN)/dxrules check facts --fail-on never

# What is told without a test.
check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dxrules rules lint
	$(BIN)/dxrules rules test

# Coverage is gathered in a folder of its own, so that two runs in one checkout do not mix.
test: check
	data=$$(mktemp -d) && trap 'rm -r "$$data"' EXIT && export COVERAGE_FILE="$$data/coverage" && \
	  $(BIN)/pytest $(ALL_CORES) --cov --cov-report=term

# All tests but those that tests/slow.txt names, or that are marked as slow.
test-fast: $(READY)
	$(BIN)/pytest $(ALL_CORES) -m "not slow"

# All tests, with seven times as many examples of each property; so does test-latest.
test-thorough: $(READY)
	$(BIN)/pytest $(ALL_CORES) --hypothesis-profile=thorough

# Measures all tests, and writes tests/slow.txt anew; then tests/untraced.txt, in which tests
# coverage is not measured since others reach as much for less.
slow: $(READY)
	$(BIN)/pytest $(ALL_CORES) --write-slow
	data=$$(mktemp -d) && trap 'rm -r "$$data"' EXIT && export COVERAGE_FILE="$$data/coverage" && \
	  $(BIN)/pytest $(ALL_CORES) -m "not slow or covered" --write-untraced \
	  --cov --cov-context=test --cov-report= --cov-fail-under=0

# The tests with the newest versions that pyproject.toml allows, in an environment of their own.
test-latest:
	$(PYTHON) -m venv --clear .venv-latest
	.venv-latest/bin/python -m pip install --quiet --upgrade pip
	.venv-latest/bin/python -m pip install --quiet --editable '.[engine]' --group dev
	.venv-latest/bin/pytest $(ALL_CORES) --hypothesis-profile=thorough

# The HTML report in a real Chromium. Where none can be had the tests are named as not run.
test-browser: $(VENV)/.playwright
	tests/browser/chromium.sh
	$(BIN)/pytest $(ALL_CORES) -rs tests/browser

# The desk for browsers: dist/desk/ for a web server, and dist/dxrules-desk.html in one file. What
# it is made of is fetched by pip and npm, as packages.txt and node.txt in browser_desk/ lock it.
desk: $(READY)
	$(BIN)/python browser_desk/build.py

desk-if-npm: $(READY)
	if command -v npm >/dev/null; then $(BIN)/python browser_desk/build.py; \
	  else echo "There is no npm: the desk is not built."; fi

# The desk in Chromium and Firefox. Without npm, or without a browser, the tests are named as not
# run. Tests of one home of the desk run one after another, at one page.
test-desk: desk-if-npm $(VENV)/.playwright
	tests/browser/chromium.sh
	tests/desk/firefox.sh
	$(BIN)/pytest --numprocesses auto --dist loadgroup -rs tests/desk

# OSCAL read by compliance-trestle, in an environment of its own: it pins what dxrules uses, too.
test-oscal: $(READY) .venv-oscal/.ready
	$(BIN)/pytest $(ALL_CORES) -rs tests/oscal

.venv-oscal/.ready: BIN := .venv-oscal/bin
.venv-oscal/.ready: requirements/oscal.txt
	$(PYTHON) -m venv --clear .venv-oscal
	$(LOCKED) --require-hashes --only-binary :all: -r $<
	touch $@

# The vocabulary, and the site in site/: the documents of the checkout and a page for each rule,
# with a search in Japanese and English. It is built in a copy, in which every link of the checkout
# leads somewhere; what drafts are measured on is no page of it. To read it:
# python -m http.server --directory site
docs: $(VENV)/.zensical
	$(BIN)/python -m dxrules.derivation.vocabulary_page > docs/facts.md
	rm -rf build/docs && mkdir -p build/docs
	cp -R *.md LICENSE .pre-commit-hooks.yaml action.yml bench docs facts fuzz rulesets build/docs
	rm -r build/docs/bench/documents build/docs/bench/negatives
	$(BIN)/python -m rule_pages build/docs/docs/rules
	$(BIN)/zensical build --strict
	$(BIN)/pytest -rs tests/site

bench: $(READY)
	$(LOCKED) --require-hashes --only-binary :all: -r requirements/bench.txt
	$(BIN)/python bench/run.py

# 20,000 plans judged by one process: some minutes, and `make bench` shows what came of it last.
bench-judged: $(READY)
	$(BIN)/python bench/judged.py

# Fuzzing: make fuzz READER=workbook MINUTES=60, or make fuzz-all MINUTES=60 for all readers and a
# table. With atheris where it installs, else by mutation alone. Findings are kept in .fuzz/.
READER ?= plan-yaml
MINUTES ?= 10
JOBS ?= 2

fuzz: .venv-fuzz/.ready
	.venv-fuzz/bin/python -m fuzz run $(READER) --minutes $(MINUTES)

fuzz-all: .venv-fuzz/.ready
	.venv-fuzz/bin/python -m fuzz all --minutes $(MINUTES) --jobs $(JOBS)

# All that modules of dxrules import must be there: the fuzzer loads each of them.
.venv-fuzz/.ready: BIN := .venv-fuzz/bin
.venv-fuzz/.ready: pyproject.toml requirements/dev.txt requirements/engine.txt
	$(PYTHON) -m venv --clear .venv-fuzz
	$(LOCKED) --require-hashes --only-binary :all: -r requirements/dev.txt
	$(LOCKED) --require-hashes --no-build-isolation -r requirements/engine.txt \
	  || echo "durable_rules could not be installed (see above): the interpreter judges alone."
	$(LOCKED) --no-build-isolation --editable .
	$(BIN)/pip install --quiet atheris || echo "atheris could not be installed"
	touch $@

# Renews requirements/: the newest versions that pyproject.toml allows, for each Python from 3.11 on
# and every platform. What uv is told by the environment stays out of it, but for a mirror of PyPI.
FOREIGN = $$(env | sed -n '/^UV_\(DEFAULT_INDEX\|INDEX_URL\)=/d; s/^\(UV_[A-Z_]*\)=.*/-u \1/p')
COMPILE = env $(FOREIGN) .venv-lock/bin/uv pip compile --quiet --no-config --upgrade --universal \
  --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'
SAME := --constraint requirements/dev.txt
ENGINE := import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
  print(*project["optional-dependencies"]["engine"])

lock:
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --upgrade pip
	.venv-lock/bin/python -m pip install --quiet --group lock
	$(COMPILE) pyproject.toml --extra calendar --group dev -o requirements/dev.txt
	$(COMPILE) --group browser $(SAME) -o requirements/browser.txt
	$(COMPILE) --group bench $(SAME) -o requirements/bench.txt
	$(COMPILE) --group docs $(SAME) -o requirements/docs.txt
	$(COMPILE) --group oscal -o requirements/oscal.txt
	$(PYTHON) -c '$(ENGINE)' | $(COMPILE) - $(SAME) -o requirements/engine.txt
	.venv-lock/bin/python browser_desk/lock.py

clean:
	rm -rf $(VENV) .venv-latest .venv-lock .venv-fuzz .venv-oscal .fuzz .coverage* .mypy_cache \
	  .cache build site .ruff_cache .pytest_cache .hypothesis dist

# durable_rules has no wheels: where it cannot be built the interpreter judges alone.
$(READY): pyproject.toml requirements/dev.txt requirements/engine.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(LOCKED) --require-hashes --only-binary :all: -r requirements/dev.txt
	$(LOCKED) --require-hashes --no-build-isolation -r requirements/engine.txt \
	  || echo "durable_rules could not be installed (see above): the interpreter judges alone."
	$(LOCKED) --no-build-isolation --editable .
	touch $@

$(VENV)/.playwright: requirements/browser.txt | $(READY)
	$(LOCKED) --require-hashes --only-binary :all: -r $< && touch $@ \
	  || echo "playwright could not be installed"

$(VENV)/.zensical: requirements/docs.txt | $(READY)
	$(LOCKED) --require-hashes --only-binary :all: -r $<
	touch $@
