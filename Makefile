# `make demo` and `make test` do all the set-up on a machine with Python 3.11 and nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out

.PHONY: demo test check extras bench samples examples clean

# Bytecode is compiled at install: a start then costs half of what it costs without.
define install
	@if command -v uv >/dev/null 2>&1; then uv=uv; \
	 else $(BIN)/python -m pip install -q --disable-pip-version-check uv 2>/dev/null && uv=$(BIN)/uv || uv=; fi; \
	 { [ -n "$$uv" ] && "$$uv" pip install -q --compile-bytecode --python $(BIN)/python -c requirements.lock -e '$(1)'; } || \
	 { echo 'uv could not be had or failed; pip takes about a minute'; \
	   $(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.lock -e '$(1)'; }
	@$(BIN)/python -m compileall -q content language extractors rules topics generators gates store flows desk
endef

# A command that ends with 0 (done) or 1 (done, people must look) has done its job.
define done_or_held
	@$(1); code=$$?; [ $$code -le 1 ] || exit $$code
endef

demo: $(VENV)/.run
	@echo '1. A deck as it came, nothing decided yet: the pack is held and masked.'
	$(call done_or_held,$(BIN)/deckprism run samples/social-business.pptx --customers samples/customers.csv -o $(OUT)/)
	@echo
	@echo '2. The same deck with the decisions of its reviewers: the pack is clear.'
	$(call done_or_held,$(BIN)/deckprism run samples/social-business.pptx --customers samples/customers.csv \
	  --decisions samples/decisions.json -o $(OUT)/)
	@echo
	@echo '3. All samples in a batch, through Prefect (the first start of its server takes a while).'
	$(call done_or_held,$(BIN)/deckprism batch samples/ --customers samples/customers.csv -o $(OUT)/batch)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What a few tests need beyond that: the neural voice, and a recogniser that hears what the voices said.
extras: $(VENV)/.dev
	$(call install,.[voice])
	$(call install,.[scale])
	$(call install,.[hear])

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.pipeline

samples: $(VENV)/.run
	$(BIN)/python -m samples.make

examples: $(VENV)/.run
	$(BIN)/python -m samples.examples

clean:
	rm -rf $(OUT) build .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 is needed: make PYTHON=...'; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo 'python -m venv failed; on Debian: apt-get install python3-venv'; rm -rf $(VENV); exit 2; }

$(VENV)/.run: pyproject.toml requirements.lock | $(BIN)/python
	$(call install,.)
	@touch $@

$(VENV)/.dev: pyproject.toml requirements.lock | $(BIN)/python
	$(call install,.[dev])
	@touch $@ $(VENV)/.run
