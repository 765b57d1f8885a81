# composelint alone: docker run --rm -v "$PWD:/src:ro" IMAGE docker-compose.prod.yml

FROM scratch AS base
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/composelint"]

# Of a release, which has built it already (.goreleaser.yaml).
FROM base AS release
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/composelint /composelint

# The same with a shell.
FROM alpine:3.22 AS shell
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/composelint /usr/local/bin/composelint
WORKDIR /src

# Of the source: docker build .
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /composelint
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags "-s -w" -o /out/composelint ./cmd/composelint

FROM base
COPY --from=build /out/composelint /composelint
