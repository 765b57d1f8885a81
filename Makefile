# The one command that matters is `go test ./...`; these are conveniences.

.PHONY: build test update fmt bench microbench

build: ## the linter, as ./composelint
	go build -o composelint ./cmd/composelint

test: ## everything
	go test ./...

update: ## what is generated, and the expected outputs: read the difference before you commit it
	go generate ./policies
	go test ./loader ./loader/normalize ./report -update
	go test ./cmd/composelint -update -skip '^TestMan$$' # go generate holds it fresh
	go generate ./...

fmt:
	gofmt -s -w .

bench: ## whole runs against their bars and against docker compose, which is built for it
	cd bench && go run .

microbench: ## load, compile, evaluate, report
	go test ./... -run '^$$' -bench . -benchmem
