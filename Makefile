# The one command that matters is `go test ./...`; these are conveniences.

.PHONY: build test update fmt bench

build: ## the linter, as ./composelint
	go build -o composelint ./cmd/composelint

test: ## everything
	go test ./...

update: ## the expected outputs and the schema: read the difference before you commit it
	go test ./rules ./cmd/composelint ./report ./model -update

fmt:
	gofmt -s -w .

bench:
	go test ./... -run '^$$' -bench . -benchmem
