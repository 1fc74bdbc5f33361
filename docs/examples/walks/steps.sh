# The beginning of every walk: its folder is empty, a step is shown before it is run, and the wheel is installed there.
# A walk sources this file, and was given the wheel as its first argument.
set -euo pipefail
wheel=$(realpath "$1")
[ -z "$(ls -A)" ] || { echo "begin in an empty folder" >&2; exit 3; }

run() {
    printf '\n$ %s\n' "$*"
    "$@"
}

expect() { # CODE COMMAND…
    local wanted=$1 code=0
    run "${@:2}" || code=$?
    echo "(exit code $code)"
    [ "$code" = "$wanted" ] || { echo "expected $wanted" >&2; exit 1; }
}

run ${VENV:-python3 -m venv} venv
. venv/bin/activate
run ${PIP:-pip} install --quiet "$wheel"
