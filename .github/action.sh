#!/usr/bin/env bash
# What action.yml runs: SARIF for code scanning, a summary for the run's page, and the
# findings for its log. The exit status is that of the last.
set -euo pipefail

composelint=$RUNNER_TEMP/composelint
sarif=$RUNNER_TEMP/composelint.sarif
go build -C "$ACTION_PATH" -trimpath -o "$composelint" ./cmd/composelint

# macOS has bash 3.2: no mapfile, and an empty array is taken for one that is not set.
options=() paths=()
while IFS= read -r line; do
  [[ $line != *[![:space:]]* ]] || options+=("$line")
done <<<"$OPTIONS"
while IFS= read -r line; do
  [[ $line != *[![:space:]]* ]] || paths+=("$line")
done <<<"$PATHS"

# Of files that nobody trusts nothing hides a finding: what is excused stands in a configuration that
# the workflow names.
case $UNTRUSTED in
true) if [ -n "$CONFIG" ]; then options+=(--no-ignores=comments); else options+=(--no-config --no-ignores); fi ;;
false) ;;
*) echo "the input untrusted cannot be \"$UNTRUSTED\": use true or false" >&2; exit 2 ;;
esac
if [ -n "$CONFIG" ]; then
  options+=(--config "$CONFIG")
fi

# lint FLAG...: status 2, after which a report lacks something, is told by the last run.
lint() { "$composelint" ${options[@]+"${options[@]}"} "$@" -- ${paths[@]+"${paths[@]}"}; }
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
