# `make demo` and `make test` do all the set-up on a machine with Python 3.11 and nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench clean samples

# Bytecode is compiled at install: a start costs half of what it costs without.
define install
	@if command -v uv >/dev/null 2>&1; then uv=uv; \
	 else $(BIN)/python -m pip install -q --disable-pip-version-check uv 2>/dev/null && uv=$(BIN)/uv || uv=; fi; \
	 if [ -n "$$uv" ]; then "$$uv" pip install -q --compile-bytecode --python $(BIN)/python -c requirements.lock -e '$(1)'; \
	 else echo 'uv could not be had; pip takes about a minute'; $(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.lock -e '$(1)'; fi
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 is needed: make PYTHON=...'; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo 'python -m venv failed; on Debian: apt-get install python3-venv'; rm -rf $(VENV); exit 2; }

$(VENV)/.run: pyproject.toml requirements.lock | $(BIN)/python
	$(call install,.)
	@touch $@

$(VENV)/.dev: pyproject.toml requirements.lock | $(BIN)/python
	$(call install,.[dev])
	@touch $@ $(VENV)/.run
