# The commands of the house. `make run` and `make test` do all set-up on a fresh Debian 12.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ICOSA := build/release/icosa

.PHONY: run test check lint build bench format deb sbom reproducible fuzz setup clean

run: build
	@scripts/run-starter $(if $(DATA),"$(DATA)")

build: setup
	@test -f build/release/build.ninja || cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS) -- --quiet

check: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS) -LE 'slow|long'

test: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS) -LE long

lint:
	@scripts/setup lint
	@cmake --preset release >/dev/null
	@JOBS=$(JOBS) scripts/lint

bench: build
	@scripts/bench

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

reproducible: build
	@ctest --test-dir build/release --verbose -R '^install\.reproducible$$'

# Every reader of foreign bytes under libFuzzer, SECONDS each.
SECONDS ?= 60
fuzz:
	@scripts/fuzz $(SECONDS)

setup:
	@scripts/setup

clean:
	rm -rf build
