# Bare `make` prints this help; every target below carries its own line.
.DEFAULT_GOAL := help
PREFIX ?= /usr/local
RELEASE := --configuration release --static-swift-stdlib
SOURCES := Package.swift Sources Tests

.PHONY: help setup setup-test build release demo test lint format bench install clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install the Debian packages a build needs (nothing when all is there)
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

build: setup ## Build for development
	swift build

release: setup
	swift build $(RELEASE)

demo: release ## Build for release and run: the program's main job, offline
	@swift build $(RELEASE) --show-bin-path >/dev/null && "$$(swift build $(RELEASE) --show-bin-path)/alidade"

test: setup-test ## Build and run all tests
	swift test

lint: ## Check format and style
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Format all Swift sources
	swift format --in-place --parallel --recursive $(SOURCES)

bench: release ## Measure the budgets of docs/PERFORMANCE.md

install: release ## Install under PREFIX (default /usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$(swift build $(RELEASE) --show-bin-path)/alidade" "$(DESTDIR)$(PREFIX)/bin/alidade"

clean: ## Remove what was built
	swift package clean
