PYTHON ?= python3
BIN := .venv/bin
SAMPLE := data/sample

.PHONY: help run test test-fast test-long test-spark ui lint wheel wheelhouse bench bench-quick quality-drill trust pictures clean
.DEFAULT_GOAL := run

# What stands behind ## is what `make help` says of a target.
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: .venv/installed $(SAMPLE)/expected/manifest.json ## Write the sample district and load it (the default)
	@XIANGCANG_HOME=$(SAMPLE) $(BIN)/xiangcang load

# In the order of the files: those of few and long tests come first, so that both cores are busy to the end.
test: lint ## Run lint, types, imports and the tests; browser tests need Chromium
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# All but journeys, the browser and whatever else needs a whole load or build.
test-fast: .venv/installed ## Run the tests that need no whole load or build, without lint
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m 'not long and not load and not spark'

# What takes minutes, and tests of properties with all their examples.
test-long: .venv/installed ## Run the tests that take minutes, and properties with all examples
	@$(BIN)/pytest -n 2 --dist loadfile -m '(long or hypothesis) and not spark' --hypothesis-profile whole

# One server for all tests, so without workers.
test-spark: .spark/installed ## Build on a Spark server and compare with DuckDB; needs Java 17
	@PYTHONPATH=$(CURDIR)/.spark $(BIN)/pytest -m spark tests/spark

# To try everything out, so with the actions; without --operator the UI is to look at.
ui: .venv/installed ## Start the Dagster UI on the sample district, with all its actions
	@XIANGCANG_HOME=$(SAMPLE) $(BIN)/xiangcang ui --operator

lint: .venv/installed ## Check style, format, types and imports
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

# What was built before would be taken along.
wheel: .venv/installed ## Build the wheel of the program into dist/
	@rm -rf build dist
	@$(BIN)/pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@rm -rf build
	@ls dist/*.whl

# For a machine that reaches no index: everything in requirements.lock, for this Python and this processor.
wheelhouse: wheel ## Collect the wheel and all that it needs into wheelhouse/, for installing offline
	@rm -rf wheelhouse
	@$(BIN)/pip download -qq --disable-pip-version-check --require-hashes --only-binary :all: --dest wheelhouse -r requirements.lock
	@cp dist/*.whl requirements.lock wheelhouse
	@du -sh wheelhouse

# ARGS choose: make bench ARGS='ledger --largest 20000000', make bench ARGS=--record.
bench: .venv/installed .venv-peers/locked ## Run the benchmarks, with peers; fails where one is dearer by a quarter (an hour)
	@$(BIN)/python -m benchmarks $(ARGS)

bench-quick: .venv/installed ## Run small benchmarks without peers, in under 3 minutes
	@$(BIN)/python -m benchmarks --quick $(ARGS)

quality-drill: .venv/installed ## Plant faults in unseen districts and count what is caught (15 minutes)
	@$(BIN)/python -m benchmarks.quality_drill

# ARGS choose: make trust ARGS='kills --seed 7', make trust ARGS=--record.
trust: .venv/installed ## Try what may happen to a home, fault by fault, and count (an hour)
	@$(BIN)/python -m tests.trust $(ARGS)

# A page, and what its picture is called; the window shows the top of each.
PICTURES := 公报2022:bulletin 乡镇2022:townships 质量:quality trace/2022/agri_processing_sales_revenue:trace

pictures: run ## Take the README's pictures of the sample; needs Chromium and LibreOffice
	@for picture in $(PICTURES); do \
	  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,820 --force-device-scale-factor=0.8 \
	    --screenshot=docs/pictures/$${picture#*:}.png "file://$(CURDIR)/$(SAMPLE)/pages/$${picture%:*}.html" 2>/dev/null; \
	done
	@$(BIN)/python -m tests.browser.pictures $(SAMPLE) docs/pictures

# Deliveries and published versions of other homes under data/ are not made here, so they stay.
clean: ## Remove what these targets made, and no other home under data/
	rm -rf .venv .venv-peers .spark build dist wheelhouse test-output *.egg-info $(SAMPLE)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find benchmarks pipelines sample schemas sources tests warehouse -name __pycache__ -prune -exec rm -rf {} +

# The manifest is what a finished sample ends with.
$(SAMPLE)/expected/manifest.json: | .venv/installed
	@$(BIN)/xiangcang sample $(SAMPLE)

# A changed lock makes the environment anew; a changed pyproject.toml only installs the project again.
.venv/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, e.g. make PYTHON=python3.12")'
	@echo "Making .venv from requirements.lock: once, about a minute, 700 MB"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What `make bench` compares with has an environment of its own; nothing of it is needed otherwise.
.venv-peers/locked: benchmarks/peers/requirements.lock
	@echo "Making .venv-peers from benchmarks/peers/requirements.lock: once, about a minute, 700 MB"
	@$(PYTHON) -m venv --clear .venv-peers
	@.venv-peers/bin/pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@

# Spark and its client lie beside .venv, and only these tests see them. What has no wheel is built with what .venv has.
.spark/installed: requirements-spark.lock tests/spark/requirements.lock | .venv/installed
	@echo "Making .spark: once, a minute, 450 MB"
	@rm -rf .spark
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --require-hashes --no-build-isolation --target .spark \
	  --only-binary :all: --no-binary pure-sasl,pyspark -r requirements-spark.lock -r tests/spark/requirements.lock
	@touch $@
