# The commands of the house. `make run` and `make test` do all set-up on a fresh Debian 12.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ICOSA := build/release/icosa

.PHONY: run test check build bench fuzz setup clean

run: build
	@scripts/run-starter $(if $(DATA),"$(DATA)")

build: setup
	@test -f build/release/build.ninja || cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS) -- --quiet

check: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS) -LE slow

test: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS)

bench: build
	@scripts/bench

# Every reader of foreign bytes under libFuzzer, SECONDS each.
SECONDS ?= 60
fuzz:
	@scripts/fuzz $(SECONDS)

setup:
	@scripts/setup

clean:
	rm -rf build
