# Thin: every recipe is one call. What they do is in tools/ and CMakePresets.json.

JOBS ?= $(shell nproc)

# Tests that read the shared data find it here; without it the others still run.
ifndef LIANDONG_SHARED
ifneq ($(wildcard ../shared/.),)
export LIANDONG_SHARED := $(abspath ../shared)
endif
endif

# The options of run, serve and lint, as make variables or from the environment.
export SCENARIO SPEED ASSIGN SEED SCOPE RATE PORT METRICS_PORT LINT_ALL

.DEFAULT_GOAL := help
.PHONY: help bootstrap build run tour serve test bench format lint clean

help:           ## what there is (this text)
	@sed -n 's/^\([a-z]*\): *[a-z ]*## */\1\t/p' Makefile | expand -t 12

bootstrap:      ## installs missing Debian packages; needs root only when some are missing
	@tools/bootstrap.sh

PROGRAMS := liandong-server liandong-sim liandong liandong-roads

build: bootstrap ## the release build of the programs, into build/release/bin
	@cmake --preset release
	@cmake --build --preset release -j $(JOBS) --target $(PROGRAMS)

run: build      ## replays a scenario on a private platform [SCENARIO=… SPEED=… ASSIGN=… SEED=…]
	@tools/run.sh

tour: build     ## one explosion from nine reports to a printed timeline, step by step
	@tools/tour.sh

serve: build    ## keeps a platform up until Ctrl-C [PORT=… METRICS_PORT=… SCOPE=… RATE=…]
	@tools/serve.sh

test: bootstrap ## every test, under ASan and UBSan, then the concurrent ones under TSan
	@tools/test.sh

bench: build    ## prints the figures, writes build/bench.json [AREA=…]
	@cmake --build --preset release -j $(JOBS) --target liandong-bench
	@build/release/bin/liandong-bench $(if $(AREA),--area=$(AREA)) --json=build/bench.json \
	    --server-bin=build/release/bin/liandong-server --redis-server=redis-server

format:         ## formats all C++ files
	@tools/format.sh

lint:           ## clang-format, clang-tidy, include arrows, of changed files [LINT_ALL=1: of all]
	@tools/lint.sh

clean:          ## removes what was built; keeps build/serve, the data of `make serve`
	@[ ! -d build ] || find build -mindepth 1 -maxdepth 1 ! -name 'serve*' -exec rm -rf {} +
