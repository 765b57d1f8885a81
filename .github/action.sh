#!/usr/bin/env bash
# What action.yml runs: SARIF for code scanning, a summary for the run's page, and the
# findings for its log. The exit status is that of the last.
set -euo pipefail

composelint=$RUNNER_TEMP/composelint
sarif=$RUNNER_TEMP/composelint.sarif

# release VERSION: the program of a release, if it is what its checksums say.
release() {
  local os arch ending=tar.gz archive
  case $RUNNER_OS in Linux) os=linux ;; macOS) os=darwin ;; Windows) os=windows ending=zip ;; esac
  case $RUNNER_ARCH in X64) arch=amd64 ;; ARM64) arch=arm64 ;; esac
  archive=composelint_$1_${os-}_${arch-}.$ending
  (
    cd "$RUNNER_TEMP"
    for file in "$archive" checksums.txt; do
      curl --fail --silent --show-error --location --retry 3 --output "$file" "$RELEASES/v$1/$file"
    done
    grep -F "  $archive" checksums.txt >checksum.txt
    if command -v sha256sum >/dev/null; then sha256sum --quiet --check checksum.txt; else shasum -a 256 --quiet --check checksum.txt; fi
    if [ "$ending" = zip ]; then unzip -qo "$archive" composelint.exe; else tar -xzf "$archive" composelint; fi
  )
}

# A commit has no release: it is built, with whatever Go the runner has, which fetches the one that it
# needs for itself.
if [[ $REF =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
  release "${REF#v}"
elif command -v go >/dev/null; then
  GOTOOLCHAIN=auto GOFLAGS= GOWORK=off go build -C "$ACTION_PATH" -trimpath -o "$composelint" ./cmd/composelint
else
  echo "a commit of composelint has to be built, but there is no Go here: name a release, such as v0.1.0" >&2
  exit 2
fi

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

# Of a pull request what it adds, of anything else all.
case $ONLY_CHANGED in
true)
  if [ -n "$BASE" ]; then
    if ! git diff --unified=0 --no-color --no-ext-diff "$BASE...HEAD" >"$RUNNER_TEMP/composelint.diff"; then
      echo "the commit that the pull request starts from is not here: give actions/checkout \"fetch-depth: 0\"" >&2
      exit 2
    fi
    options+=(--new-from-patch "$RUNNER_TEMP/composelint.diff")
  fi
  ;;
false) ;;
*) echo "the input only-changed cannot be \"$ONLY_CHANGED\": use true or false" >&2; exit 2 ;;
esac

# lint FLAG...: status 2, after which a report lacks something, is told by the last run.
lint() { "$composelint" ${options[@]+"${options[@]}"} "$@" -- ${paths[@]+"${paths[@]}"}; }
lint --format sarif --output "$sarif" --fail-on none 2>/dev/null || true
# GitHub closes the alerts that an upload lacks: one of a run that did not judge every project would
# close those of the others.
if [ -f "$sarif" ] && ! grep -q '"executionSuccessful": false' "$sarif"; then
  echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
fi
lint --format markdown --fail-on none 2>/dev/null >>"$GITHUB_STEP_SUMMARY" || true

# Alerts annotate the lines of a pull request already.
format=github
if [ "$UPLOAD" = true ]; then
  format=text
fi
lint --format "$format"
