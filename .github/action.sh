#!/usr/bin/env bash
# What action.yml runs: SARIF for code scanning, a summary for the run's page, and the
# findings for its log. The exit status is that of the last.
set -euo pipefail

composelint=$RUNNER_TEMP/composelint
sarif=$RUNNER_TEMP/composelint.sarif
go build -C "$ACTION_PATH" -trimpath -o "$composelint" ./cmd/composelint

# lines NAME TEXT: the array NAME holds the lines of TEXT that are not empty.
lines() { mapfile -t "$1" < <(grep -v '^[[:space:]]*$' <<<"$2"); }
lines options "$OPTIONS"
lines paths "$PATHS"

# lint FLAG...: status 2, after which a report lacks something, is told by the last run.
lint() { "$composelint" "${options[@]}" "$@" -- "${paths[@]}"; }
lint --format sarif --output "$sarif" --fail-on none 2>/dev/null || true
if [ -f "$sarif" ]; then
  echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
fi
lint --format markdown --fail-on none 2>/dev/null >>"$GITHUB_STEP_SUMMARY" || true

# Alerts annotate the lines of a pull request already.
format=github
if [ "$UPLOAD" = true ]; then
  format=text
fi
lint --format "$format"
