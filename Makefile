# Bare `make` prints this help; every target below carries its own line.
.DEFAULT_GOAL := help
PREFIX ?= /usr/local
DESTDIR ?=
SOURCES := Package.swift Sources Tests
# What everyday commands run stands side by side, so that they hold less of the program in memory (`make order`).
ORDER := -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections \
  -Xlinker --symbol-ordering-file=$(CURDIR)/scripts/order.txt -Xlinker --no-warn-symbol-ordering
# Exclusive access is checked at run time in every other build, the tests' among them. What the Swift runtime takes from
# the C++ compiler is linked into the program as the runtime itself is; scripts/static.sh puts it there. Addresses that
# the loader sets at each start are told it in a fortieth of the room: a millisecond of every command. Libraries are the
# system's, and not what lies beside the program.
RELEASE := --configuration release --static-swift-stdlib --disable-local-rpath -Xswiftc -enforce-exclusivity=unchecked \
  -Xswiftc -L$(CURDIR)/.build/static -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
  -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs $(ORDER)
PROGRAM := .build/release/alidade
# Who may write below PREFIX often has no swift, and must not own what is built: with sudo the user's own build is installed.
BUILT := $(if $(and $(SUDO_USER),$(wildcard $(PROGRAM))),,release)
DIST := .build/dist
# A build for others is called by its tag.
export ALIDADE_VERSION ?= $(shell scripts/version.sh)

.PHONY: help setup build release demo test test-browser fuzz test-asan test-tsan lint theme-lint format bench install clean docs goldens check
.PHONY: toolchain setup-test order soak deb dist smoke

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: toolchain ## Install the Debian packages a build needs (nothing when all is there)
	@scripts/setup.sh build

build: setup ## Build for development
	swift build

release: setup ## Build for release
	@scripts/static.sh .build/static
	swift build $(RELEASE) --product alidade

demo: setup ## Build the program and open its window on embedded systems, offline
	swift build --product alidade
	@scripts/demo.sh .build/debug/alidade

test: setup-test ## Build and run all tests
	swift test --disable-xctest

fuzz: setup ## Search for inputs that break a reader (FUZZ="json schema", SECONDS_EACH=60)
	@SECONDS_EACH=$(or $(SECONDS_EACH),60) scripts/fuzz.sh $(FUZZ)

test-browser: build ## Drive the consent page in headless Chromium (Debian's package chromium)
	@scripts/setup.sh browser
	@python3 scripts/consent_page.py .build/debug/alidade

test-asan: setup-test ## Run all tests under the address sanitizer
	@scripts/sanitize.sh address

test-tsan: setup-test ## Run all tests under the thread sanitizer
	@scripts/sanitize.sh thread

lint: toolchain ## Check format and style
	swift format lint --strict --parallel --recursive $(SOURCES)
	@for script in scripts/*.sh .ci/run; do bash -n "$$script" || exit 1; done

theme-lint: setup-test ## Check the theme files: contrast, roles, distinctness
	swift test --disable-xctest --filter ThemeLintTests

format: toolchain ## Format all Swift sources
	swift format --in-place --parallel --recursive $(SOURCES)

bench: release ## Measure the budgets of docs/PERFORMANCE.md
	swift build $(RELEASE) --product alidade-bench
	@scripts/bench.sh $(PROGRAM) $(PROGRAM)-bench

order: release ## Record anew what everyday commands run, for the next release build; needs valgrind
	@PYTHONDONTWRITEBYTECODE=1 python3 scripts/order.py $(PROGRAM)
	@rm $(PROGRAM)

soak: release ## Run servers under 200 clients while everything fails (MINUTES=5 CLIENTS=200 KILLS=50)
	@PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=scripts python3 -m soak $(PROGRAM) \
	  $(or $(MINUTES),5) $(or $(CLIENTS),200) $(or $(KILLS),50)

deb: release ## Build a Debian package in .build/dist
	@scripts/deb.sh $(PROGRAM) $(DIST)

smoke: deb ## Install that package in a fresh Debian 12 and use it (ROOT=folder); needs root and debootstrap
	@scripts/smoke.sh "$$(ls -t $(DIST)/*.deb | head -n 1)" $(ROOT)

dist: release ## Pack a tarball with its checksum and bill of materials in .build/dist
	@scripts/dist.sh $(PROGRAM) $(DIST)

install: $(BUILT) ## Install below PREFIX (default /usr/local), DESTDIR in front
	@scripts/install.sh $(PROGRAM) "$(DESTDIR)$(PREFIX)"

docs: build ## Write the generated pages of docs/ again
	@scripts/docs.sh .build/debug/alidade

goldens: setup-test ## Record the expected outputs of tests again; read the diff before you commit it
	-ALIDADE_RECORD=1 swift test --disable-xctest --quiet
	@git status --short -- Tests docs

check: lint build test docs ## What every commit must pass: lint, build, test, docs without a change
	@git diff --exit-code --stat -- docs || { echo "check: commit the pages above"; exit 1; }

clean: toolchain ## Remove what was built
	swift package clean

# What the targets above share.

toolchain:
	@command -v swift >/dev/null || { echo "make: there is no swift in PATH;" \
	  "install Swift 6.2 or newer from https://swift.org/install" >&2; exit 1; }

setup-test: toolchain
	@scripts/setup.sh test
