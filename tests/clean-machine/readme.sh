#!/usr/bin/env bash
# Follows README.md from a fresh clone: every command in its blocks, in their order, as a reader would type them. Nothing is brought beforehand
# but what the README lists. The one command that is skipped is marked there with its reason. Ends with what ./build.sh test ends with, the
# last of them; a command that failed before it counts as one failure more. Pass a folder to follow the README of another clone.
set -uo pipefail
cd "${1:-"$(dirname "${BASH_SOURCE[0]}")/../.."}" || exit 2

# Never somebody's own key.
[[ ! -e key.txt ]] || { printf 'key.txt is there already: move it away, the README writes one\n' >&2; exit 2; }
data="$(mktemp -d)"
trap 'rm -rf "$data"; rm -f key.txt' EXIT
# A reader's own database is nothing to try things on.
export AICO_DATA_DIR="$data"
# What the README has the reader bring.
printf 'not-a-key-of-anybody\n' >key.txt

# The lines of blocks that are indented by four blanks after an empty line; a block after "not run: reason" only where this script is the reason.
commands() {
  awk '
    /^<!-- not run: / { skip = !/tests\/clean-machine\/readme\.sh/; next }
    /^    [^ ]/ && (inside || before == "") { inside = 1; if (!skip) print substr($0, 5); before = $0; next }
    inside && $0 == "" { inside = 0; skip = 0 }
    $0 != "" { inside = 0; skip = 0 }
    { before = $0 }' README.md
}

failures="${AICO_OTHER_FAILURES:-0}"
ran=0
while IFS= read -r command <&3; do
  printf '\n$ %s\n' "$command" >&2
  ran=$((ran + 1))
  case "$command" in
    "./build.sh test"*)
      # The last word is the tests'. What the reader has exported for a server is not for them.
      unset AICO_DATA_DIR LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET
      AICO_OTHER_FAILURES=$failures bash -c "$command" 3<&-
      exit
      ;;
    export\ *) eval "$command" ;;
    *) bash -c "$command" 3<&- <<<"What are your opening hours?" >&2 || { printf 'README.md: "%s" failed\n' "$command" >&2; failures=$((failures + 1)); } ;;
  esac
done 3< <(commands)

printf 'README.md has %d commands, and ./build.sh test is not among them\n' "$ran" >&2
exit 1
