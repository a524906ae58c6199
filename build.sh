#!/usr/bin/env bash
# Builds, tests, runs and packs AICO. ./build.sh --help lists the verbs; build.ps1 has the same ones for Windows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly SDK_WANTED="10.0.100"
readonly NODE_WANTED="20.0.0"
readonly AICO="artifacts/aico/aico"
readonly NATIVE="artifacts/aico/native"
readonly ROOMS="tests/livekit-test-server"
readonly SERVER_LOG="artifacts/test-results/livekit-test-server.log"
readonly TEST_LOG="artifacts/test-results/dotnet-test.log"
readonly ROOM_LOG="artifacts/test-results/rooms.log"
readonly ROOM_TESTS="FullyQualifiedName~.EndToEnd.Rooms.|FullyQualifiedName~.Host.Tests.LiveKit.|FullyQualifiedName!~Aico.Host.Tests."
readonly OTHER_TESTS="FullyQualifiedName~Aico.Host.Tests.&FullyQualifiedName!~.EndToEnd.Rooms.&FullyQualifiedName!~.Host.Tests.LiveKit."
readonly MODELS="tests/aimock"
readonly CLIENTS="tests/vendor-clients"
readonly SPEECH="/usr/share/pocketsphinx/test/data"
# What providers call at run time, and the human speech that tests, demo and bench listen to.
readonly RUNTIME_PACKAGES=(libflite1 espeak-ng)
readonly SPEECH_PACKAGES=(pocketsphinx-testdata asterisk-core-sounds-en-wav asterisk-core-sounds-en)
# Compiles a stand-in for a native library that panics.
readonly TEST_PACKAGES=(tcc)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The summary of a test run is read below: it must be in English.
export DOTNET_CLI_UI_LANGUAGE=en

usage() {
  cat <<'HELP'
./build.sh                  build everything into artifacts/aico/
./build.sh demo             build, then hold a spoken conversation and print it
./build.sh test [filter]    build and run the tests, or those whose full name contains the filter
./build.sh bench [name]     loop, stt, tts, vad: aico bench <name>; anything else: BenchmarkDotNet, filtered by the name
./build.sh format           format the sources (format --check: only say what is not formatted)
./build.sh pack             the NuGet packages that plugin authors need, in artifacts/packages/
./build.sh publish [rid]    a self-contained executable with plugins/, native/ and config/ in artifacts/publish/<rid>/, and its archive
./build.sh clean            remove artifacts/ and node_modules/

Exit codes: 0 done, 1 something failed, 2 this machine lacks something (the message says what) or the call is wrong.
HELP
}

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

# at_least HAVE WANTED: compares the first three numbers; a prerelease suffix does not count.
at_least() {
  local -a have wanted
  IFS=. read -r -a have <<<"${1%%[-+]*}"
  IFS=. read -r -a wanted <<<"$2"
  local i
  for i in 0 1 2; do
    if ((10#${have[i]:-0} != 10#${wanted[i]:-0})); then
      ((10#${have[i]:-0} > 10#${wanted[i]:-0}))
      return
    fi
  done
}

# require NAME WANTED FOUND
require() {
  [[ "$3" =~ ^[0-9]+\.[0-9]+ ]] || die "$1 $2 or later is needed and was not found on the PATH."
  at_least "$3" "$2" || die "$1 $2 or later is needed; found $3."
}

require_tools() {
  local sdk node
  # Inside the checkout global.json decides, and fails without a usable version where nothing fits it.
  if ! sdk="$(dotnet --version 2>/dev/null)"; then
    sdk="$(cd / || exit; dotnet --version 2>/dev/null || true)"
    require ".NET SDK" "$SDK_WANTED" "$sdk"
    die ".NET SDK $SDK_WANTED or later of the 10.0 line is needed (global.json); found $sdk."
  fi
  require ".NET SDK" "$SDK_WANTED" "$sdk"
  node="$(node --version 2>/dev/null || true)"
  require "Node.js" "$NODE_WANTED" "${node#v}"
}

missing_packages() {
  local package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" == installed ]] || printf '%s\n' "$package"
  done
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o DPkg::Lock::Timeout=120 --no-install-recommends "$@" >&2; }

# Never an error: AICO builds without these, and what misses one at run time says so.
bring_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "note: not Debian, so nothing was installed. On Debian the voices and what tests need are: $*"
    return
  fi
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  if [[ "$(id -u)" != 0 ]]; then
    say "note: voices or what tests need are missing; install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
    return
  fi
  say "installing ${missing[*]}"
  # The package lists are fetched only where the ones at hand do not know the package any more.
  apt_install "${missing[@]}" || { apt-get update -q >&2 && apt_install "${missing[@]}"; } \
    || say "note: apt-get could not install ${missing[*]}; AICO builds, but what needs them will say that they are missing."
}

# The stamp that collect.mjs leaves makes this a matter of milliseconds when nothing changed.
bring_native() {
  node native/collect.mjs "$NATIVE" --current && return
  (cd native && npm ci --loglevel=error >&2) || die "npm ci failed in native/ (see above): the native libraries and models come from the npm registry."
  node native/collect.mjs "$NATIVE" >&2
}

build() {
  require_tools
  bring_packages "${RUNTIME_PACKAGES[@]}" "$@"
  bring_native
  local status=0
  # One compiler for all projects: starting one for each takes longer than what it compiles.
  dotnet build Aico.sln -c Release -v quiet --nologo -p:UseSharedCompilation=true >&2 || status=1
  # Where the environment says that none is to be shared none is left behind.
  [[ "${UseSharedCompilation:-}" != [Ff]alse ]] || dotnet build-server shutdown --vbcscompiler >/dev/null || say "note: the compiler's server may still run."
  ((status == 0)) || { say "the build failed (see above)"; exit 1; }
}

build_all() {
  build
  say "built: $AICO"
}

# le VALUE BYTES: a little-endian number, as WAV headers hold them.
le() {
  local value="$1" i
  # shellcheck disable=SC2059 # the format is made here
  for ((i = 0; i < $2; i++)); do printf "\\x$(printf '%02x' $(((value >> (8 * i)) & 255)))"; done
}

# pocketsphinx keeps "go forward ten meters" without a header: 16 kHz, mono, signed 16 bit.
raw_to_wav() {
  local bytes
  bytes="$(wc -c <"$1")"
  {
    printf 'RIFF'; le $((bytes + 36)) 4; printf 'WAVEfmt '
    le 16 4; le 1 2; le 1 2; le 16000 4; le 32000 4; le 2 2; le 16 2
    printf 'data'; le "$bytes" 4; cat "$1"
  } >"$2"
}

# What the caller of the demo says, as options of `aico talk`: recorded speech, else synthesized, else typed.
caller_words() {
  if [[ -f "$SPEECH/goforward.raw" ]]; then
    raw_to_wav "$SPEECH/goforward.raw" artifacts/demo/go-forward.wav
    said=(--in artifacts/demo/go-forward.wav)
    local wav
    for wav in "$SPEECH"/cards/001.wav "$SPEECH"/librivox/*0870.wav; do
      said+=(--in "$wav")
    done
  elif command -v espeak-ng >/dev/null; then
    say "note: no recorded speech here (pocketsphinx-testdata), so the caller's is synthesized"
    espeak-ng -w artifacts/demo/first.wav "Go forward ten meters."
    espeak-ng -w artifacts/demo/second.wav "And now turn to the left, please."
    said=(--in artifacts/demo/first.wav --in artifacts/demo/second.wav)
  else
    say "note: neither recorded speech (pocketsphinx-testdata) nor espeak-ng here, so the caller types"
    said=(--text "Go forward ten meters." --text "And now turn to the left, please.")
  fi
}

demo() {
  build "${SPEECH_PACKAGES[@]}"
  mkdir -p artifacts/demo
  local -a said
  caller_words
  local status=0
  # It ends by saying where the recording and the timeline lie.
  "$AICO" talk "${said[@]}" --greeting "Hello, this is AICO. My answers come from a script." \
    --llm scripted --set scripted.script=config/scripts/demo.json \
    --out artifacts/demo/conversation.wav --timeline artifacts/demo/timeline.html || status=$?
  ((status == 0)) || { say "the demo failed; '$AICO doctor' says what this machine lacks"; exit "$status"; }
}

# The packages of the servers that stand in for LiveKit's and for language models, and of the clients that judge the fakes of vendors.
# The lock file as it was installed is the stamp.
bring_test_servers() {
  local folder
  for folder in "$ROOMS" "$MODELS" "$CLIENTS"; do
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json" && continue
    (cd "$folder" && npm ci --loglevel=error >&2) || die "npm ci failed in $folder (see above): its packages come from the npm registry."
    cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
  done
}

# node_number LOG NAME: a number of the summary that node --test prints as "# pass 12".
node_number() { awk -v name="$2" '$1 == "#" && $2 == name && NF == 3 { n = $3 } END { print n + 0 }' "$1"; }

# The test server's own tests run beside those of .NET: they wait for the most part, on ports of their own.
start_test_server_tests() {
  rm -f "$SERVER_LOG.status"
  (
    status=0
    (cd "$ROOMS" && node --test --test-reporter=tap --test-concurrency=1 test/*.test.mjs) >"$SERVER_LOG" 2>&1 || status=$?
    echo "$status" >"$SERVER_LOG.status"
  ) &
  server_tests=$!
}

# Adds them to passed, failed and skipped. A run that broke without a failed test counts as one failure.
count_test_server_tests() {
  local status own
  wait "$server_tests"
  status="$(cat "$SERVER_LOG.status")"
  own="$(node_number "$SERVER_LOG" fail)"
  ((status == 0 || own > 0)) || own=1
  passed=$((passed + $(node_number "$SERVER_LOG" pass)))
  skipped=$((skipped + $(node_number "$SERVER_LOG" skipped)))
  failed=$((failed + own))
  ((own == 0)) || { grep -A12 '^ *not ok' "$SERVER_LOG" >&2 || tail -20 "$SERVER_LOG" >&2; say "$own test(s) of $ROOMS failed: $SERVER_LOG"; }
}

# summary_number LOG NAME: a number of the last summary that dotnet test printed, 0 where it printed none.
summary_number() { awk -v name="$2:" '/^Test run summary:/ { n = 0 } $1 == name && NF == 2 { n = $2 } END { print n + 0 }' "$1"; }

# dotnet_tests LOG FILTER: leaves the output in LOG and the exit code in LOG.status.
dotnet_tests() {
  local status=0
  # One project at a time: some tests measure, and the hosts would take the cores from each other. A filter leaves projects without a
  # test, which is exit code 8 for each of them.
  # Plugins are loaded again and again in one process: with code mapped twice (W^X) each loading makes thousands of mappings.
  DOTNET_EnableWriteXorExecute=0 dotnet test --solution Aico.sln -c Release --no-build --results-directory "${1%.log}" --max-parallel-test-modules 1 --timeout 45m \
    --settings "$PWD/tests/nunit.runsettings" --filter "$2" --ignore-exit-code 8 2>&1 | tee "$1" || status=$?
  echo "$status" >"$1.status"
}

# count_dotnet_tests LOG FILTER: adds them to passed, failed and skipped. A test host that crashes or hangs counts as a failure, and so
# does a run without a test.
count_dotnet_tests() {
  local ran own status
  status="$(cat "$1.status")"
  ran="$(summary_number "$1" succeeded)"
  own="$(summary_number "$1" failed)"
  if ((own == 0 && status != 0)); then
    say "a test project ended with an error without a failed test (see above): counted as one failure"
    own=1
  elif ((ran + own == 0)); then
    say "no test ran${2:+ whose name contains \"$2\"}: counted as one failure"
    own=1
  fi
  passed=$((passed + ran))
  failed=$((failed + own))
  skipped=$((skipped + $(summary_number "$1" skipped)))
}

# Ends with the one line "N passed, N failed[, N skipped]".
run_tests() {
  # Beside the compiler: the one waits for the network, the other for the processor.
  require_tools
  bring_test_servers &
  local servers=$!
  build "${SPEECH_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  wait "$servers" || exit 1
  mkdir -p artifacts/test-results
  local passed=0 failed=0 skipped=0 server_tests=""
  if [[ -n "${1:-}" ]]; then
    # A filter names tests of .NET.
    dotnet_tests "$TEST_LOG" "FullyQualifiedName~$1"
  else
    start_test_server_tests
    dotnet_tests "$TEST_LOG" "$OTHER_TESTS"
    # In a process of their own, and when the test server's tests are over: calls in rooms have a clock that does not wait for others.
    dotnet_tests "$ROOM_LOG" "$ROOM_TESTS"
    count_dotnet_tests "$ROOM_LOG" ""
  fi
  count_dotnet_tests "$TEST_LOG" "${1:-}"
  [[ -z "$server_tests" ]] || count_test_server_tests
  # .ci/run adds a failed format check, so that its last line tells the whole result.
  failed=$((failed + ${AICO_OTHER_FAILURES:-0}))
  printf '%d passed, %d failed' "$passed" "$failed"
  ((skipped == 0)) || printf ', %d skipped' "$skipped"
  printf '\n'
  ((failed == 0))
}

bench() {
  build "${SPEECH_PACKAGES[@]}"
  case "${1:-}" in
    loop | stt | tts | vad) "$AICO" bench "$@" ;;
    *) dotnet run -c Release --project tests/Aico.Benchmarks -- --filter "*${1:-}*" --artifacts artifacts/benchmarks "${@:2}" ;;
  esac
}

format() {
  require_tools
  local -a options=()
  [[ "${1:-}" != --check ]] || options=(--verify-no-changes)
  dotnet restore Aico.sln -v quiet --nologo >&2
  dotnet format Aico.sln --no-restore ${options[@]+"${options[@]}"} || { say "not formatted: run ./build.sh format"; exit 1; }
}

# Every build packs them; this one builds nothing else.
pack() {
  require_tools
  dotnet build tests/Aico.Testing.Conformance -c Release -v quiet --nologo >&2 || { say "packing failed (see above)"; exit 1; }
  say "packed: artifacts/packages"
}

# shellcheck disable=SC2016 # the dollars are JavaScript's
this_rid() { node -p '`${({ linux: "linux", darwin: "osx", win32: "win" })[process.platform]}-${process.arch}`'; }

# Native files of a platform that is not this one come from an `npm ci` of its own, away from native/node_modules.
bring_native_for() {
  local rid="$1" out="$2" packages="artifacts/npm/$1" platform
  node native/collect.mjs "$out" --rid "$rid" --current && return
  platform="$(node native/collect.mjs --npm-platform "$rid")"
  mkdir -p "$packages"
  cp native/package.json native/package-lock.json native/.npmrc "$packages/"
  # shellcheck disable=SC2086 # several options
  (cd "$packages" && npm ci --loglevel=error $platform >&2) || die "npm ci failed for $rid (see above)."
  node native/collect.mjs "$out" --rid "$rid" --packages "$packages/node_modules" >&2
}

# What the source of NuGet packages lacks is no fault of ours: which platform it is and what it lacks is said in one line.
publish_host() {
  local rid="$1" out="$2" log="artifacts/publish/$1.log" pack
  dotnet publish Aico.Host -c Release -r "$rid" -p:PublishProfile=standalone -o "$out" -v quiet --nologo >"$log" 2>&1 && return
  pack="$(grep -oE 'Microsoft\.[A-Za-z]+\.App\.(Runtime|Host|Crossgen2)\.[a-z0-9-]+' "$log" | sort -u | tr '\n' ' ')"
  if [[ -n "$pack" ]] && grep -qE 'NU110[0-9]|NETSDK1094' "$log"; then
    die "$rid cannot be published here: the NuGet source has no ${pack% }, of which a self-contained host for $rid is made. On a machine whose source has it, the same command works."
  fi
  cat "$log" >&2
  say "publishing for $rid failed (see above)"
  exit 1
}

# Plugins are the same for every platform: nothing in them is compiled for one.
publish() {
  require_tools
  local here rid out version
  here="$(this_rid)"
  rid="${1:-$here}"
  out="artifacts/publish/$rid"
  node native/collect.mjs --npm-platform "$rid" >/dev/null
  build
  # From nothing: a file of an earlier version must not get into the archive.
  rm -rf "$out"
  mkdir -p "$out"
  publish_host "$rid" "$out"
  cp -R artifacts/aico/plugins artifacts/aico/config artifacts/packages docs deploy "$out/"
  rm -rf "$out/deploy/pack"
  find "$out/plugins" -name '*.pdb' -delete
  cp LICENSE THIRD-PARTY.md README.md "$out/"
  if [[ "$rid" != "$here" ]]; then
    bring_native_for "$rid" "$out/native"
  else
    cp -R "$NATIVE" "$out/native"
    "$out/aico" --help >/dev/null || { say "$out/aico does not start"; exit 1; }
  fi
  rm -f "$out/native/.stamp"
  version="$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)"
  node deploy/pack/pack.mjs "$out" --rid "$rid" --version "$version" \
    --deps "artifacts/bin/Aico.Host/release_$rid/aico.deps.json" --assets artifacts/obj/Aico.Host/project.assets.json >&2
  say "published: $out"
}

clean() { rm -rf artifacts native/node_modules "$ROOMS/node_modules" "$MODELS/node_modules" "$CLIENTS/node_modules"; }

verb="${1:-}"
[[ $# == 0 ]] || shift
case "$verb" in
  "") build_all ;;
  demo) demo ;;
  test) run_tests "$@" ;;
  bench) bench "$@" ;;
  format) format "$@" ;;
  pack) pack ;;
  # What .ci/run brings beside the format check: test does it by itself.
  test-servers) require_tools; bring_test_servers ;;
  publish) publish "$@" ;;
  clean) clean ;;
  -h | --help | help) usage ;;
  *) say "unknown verb: $verb"; usage >&2; exit 2 ;;
esac
