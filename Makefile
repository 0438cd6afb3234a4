# 规程 Guicheng — `make run` serves, `make test` proves. `make help` lists the rest.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
JSON ?=
CASES ?= 500
SEED ?= 1

.PHONY: help run demo test test-long lint format flows bench bench-large messages pictures lock clean ready ready-test

help:
	@echo "make run             安装并启动 install and serve on http://127.0.0.1:8000"
	@echo "make demo [CASES=n] [SEED=n] [YES=1]  一年的演示案件 a year of cases of every procedure, any size"
	@echo "make test            全部检查 lint, unit, scenario, PostgreSQL and browser tests (< 10 min)"
	@echo "make test-long       较久的检查 crash, fuzz and other long tests (< 30 min)"
	@echo "make flows           覆盖率 coverage of flows, boundary events and rules per procedure"
	@echo "make bench [JSON=f]  性能 medians, statements and ratios to a floor"
	@echo "make bench-large [CASES=n] [JSON=f] [DATABASE=url] [KEEP=dir]  每一页在 20 件和 2 万件时 every page at 20 and 20,000 cases"
	@echo "make lint | format   ruff, mypy, import rules | rewrite the code"
	@echo "make messages        译文 extract and update the translation catalogues"
	@echo "make pictures        截图 docs/pictures/*.png anew from the running product"
	@echo "make lock            requirements/*.txt anew from pyproject.toml"
	@echo "make clean           删除可再生的文件 remove what can be made again (not data/)"

run: ready
	@$(BIN)/guicheng demo
	@exec $(BIN)/python app.py

demo: ready
	@$(BIN)/guicheng demo --cases $(CASES) --seed $(SEED) $(if $(UNTIL),--until $(UNTIL)) $(if $(YES),--yes)

test: ready-test
	@$(BIN)/python -m tools.test short

test-long: ready-test
	@$(BIN)/python -m tools.test long

lint: ready-test
	@$(BIN)/python -m tools.test lint

format: ready-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

flows: ready-test
	@$(BIN)/python -m tests.workflows.flows

bench: ready-test
	@$(BIN)/python -m tests.bench $(if $(JSON),--json $(JSON))

bench-large: ready-test
	@$(BIN)/python -m tests.bench.large $(if $(filter command line,$(origin CASES)),--cases $(CASES)) \
		$(if $(JSON),--json $(JSON)) $(if $(DATABASE),--database $(DATABASE)) $(if $(KEEP),--keep $(KEEP))

messages: ready-test
	@mkdir -p .cache
	@$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output -o .cache/messages.pot .
	@$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=120 \
		-i .cache/messages.pot -d engine/translations
	@$(BIN)/pybabel compile --statistics -d engine/translations

pictures: ready-test
	@$(BIN)/python -m tools.pictures

lock: ready-test
	@$(BIN)/python -m tools.lock

clean:
	rm -rf .venv .cache .hypothesis ui/static/dist ui/assets/node_modules *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready ready-test:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本 Python 3.11 or later is needed:"; \
		echo "    sudo apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) tools/environment.py $(if $(filter ready-test,$@),test,run)
