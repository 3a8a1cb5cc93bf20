# make run: judges the five towns. make test: everything that must hold. make test-browser: the HTML
# report in a browser. All set themselves up.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-browser lint docs bench clean

run: $(READY)
	$(BIN)/dxrules check facts --fail-on never

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dxrules rules lint
	$(BIN)/dxrules rules test
	$(BIN)/pytest --cov --cov-report=term

# The HTML report in a real Chromium. Where none can be had the tests are named as not run.
test-browser: $(READY)
	$(BIN)/pip install --quiet --group browser || echo "playwright could not be installed"
	tests/browser/chromium.sh
	$(BIN)/pytest -rs tests/browser

docs: $(READY)
	$(BIN)/python -m dxrules.derivation.page > docs/facts.md
	$(BIN)/python -m dxrules.report.pages docs/rules

bench: $(READY)
	$(BIN)/pip install --quiet --group bench
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

# durable_rules has no wheels: without a C compiler the interpreter judges alone.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[engine]' --group dev \
	  || $(BIN)/pip install --quiet --editable . --group dev
	touch $@
