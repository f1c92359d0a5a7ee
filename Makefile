# The commands of the house. `make run` and `make test` do all set-up on a fresh Debian 12.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ICOSA := build/release/icosa

.PHONY: run build configure tests check test lint bench docs format deb sbom reproducible fuzz setup clean

# The binary alone, with its dossier of the starter data (DATA=DIR: of your own files).
run: build
	@scripts/run-starter $(if $(DATA),"$(DATA)")

build: configure
	@cmake --build build/release -j $(JOBS) --target icosa

configure: setup
	@test -f build/release/build.ninja || cmake --preset release >/dev/null

tests: configure
	@cmake --build build/release -j $(JOBS) --target tests

check: tests
	@ctest --test-dir build/release --output-on-failure -j $(JOBS) -LE 'slow|long'

test: tests
	@ctest --test-dir build/release --output-on-failure -j $(JOBS) -LE long

lint:
	@scripts/setup lint
	@JOBS=$(JOBS) scripts/lint

bench: configure
	@cmake --build build/release -j $(JOBS) --target benches
	@scripts/bench

# docs/commands.md, from the table of commands.
docs: build
	@build/release/icosa help --write build/manual && cp build/manual/commands.md docs/

format:
	@scripts/setup format
	@git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-19 -i
	@scripts/format-text

# CPack writes the umask into the package, so it is said.
deb: build
	@scripts/setup deb
	@umask 022 && cpack --config build/release/CPackConfig.cmake -B $(CURDIR)/build/deb

sbom: build
	@scripts/sbom $(ICOSA) build/icosa.cdx.json

reproducible: tests
	@ctest --test-dir build/release --verbose -R '^install\.reproducible$$'

# Every reader of foreign bytes under libFuzzer, SECONDS each.
SECONDS ?= 60
fuzz:
	@scripts/fuzz $(SECONDS)

setup:
	@scripts/setup

clean:
	rm -rf build
