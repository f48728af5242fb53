#!/usr/bin/env bash
# ./test.sh        installs what tests need, builds, runs every test
# ./test.sh NAME   the test projects whose name contains NAME; where there is none, the tests whose full name contains it
# Whole outputs are kept in TestResults/. The last line reads `N passed, N failed`, with `, N skipped` where some were.
set -euo pipefail
cd "$(dirname "$0")"
name=${1:-}
case $name in -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;; esac
export UseAspire=false DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Two at a time, however many cores: most of them start servers and measure time.
jobs=${VOICE_TEST_JOBS:-2}

eng/install test

# Those of the whole platform last and alone: they load the machine as no other does.
mapfile -t all < <(printf '%s\n' tests/*.Tests | sed 's,^tests/,,' | grep -v '^Platform'; printf '%s\n' tests/Platform.Tests | sed 's,^tests/,,')
mapfile -t projects < <(printf '%s\n' "${all[@]}" | grep -iF -- "$name" || true)
filter=()
if [ ${#projects[@]} = 0 ]; then
  projects=("${all[@]}")
  filter=(--filter "FullyQualifiedName~$name")
fi

rm -rf TestResults
mkdir -p TestResults
echo "Building ..."
target=VoiceAspire.sln
[ ${#projects[@]} -gt 1 ] || target=tests/${projects[0]}
dotnet build "$target" -v quiet -clp:NoSummary > TestResults/build.log 2>&1 || {
  grep -E '(error|warning) ' TestResults/build.log | sort -u | head -n 40
  echo "The build failed (TestResults/build.log)."
  echo "0 passed, 1 failed"
  exit 1
}

run() {
  local project=$1 log=TestResults/$1.log started=$SECONDS code=0
  timeout --kill-after=10 900 dotnet test "tests/$project/bin/Debug/net10.0/$project.dll" "${filter[@]}" \
    --logger "trx;LogFileName=$project.trx" --results-directory TestResults > "$log" 2>&1 || code=$?
  local counters
  counters=$(grep -o '<Counters [^>]*' "TestResults/$project.trx" 2> /dev/null || true)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  local passed failed total
  passed=$(count passed) failed=$(count failed) total=$(count total)
  passed=${passed:-0} failed=${failed:-0} total=${total:-0}
  local note=""
  if [ "$code" = 124 ] || [ "$code" = 137 ]; then
    note=" (stopped after 15 minutes)" failed=$((failed + 1))
  elif [ "$code" != 0 ] && [ "$failed" = 0 ]; then
    note=" (the test run broke: exit code $code)" failed=1
  fi
  local skipped=$((total - passed - failed))
  [ $skipped -ge 0 ] || skipped=0
  echo "$passed $failed $skipped" > "TestResults/$project.count"
  {
    printf '%-24s %4d passed, %d failed, %d skipped, %d s%s\n' "$project" "$passed" "$failed" "$skipped" $((SECONDS - started)) "$note"
    # From the first failure to the summary; of a broken run the end.
    if [ "$failed" != 0 ]; then
      { sed -n '/^ *Failed .*\[.*\]$/,/^Failed! /{/^ *at .*Xunit/d;p}' "$log" | grep . || tail -n 30 "$log"; } | head -n 200 | sed 's/^/    /'
      if [ "$project" = Platform.Tests ] && [ -s TestResults/platform.log ]; then
        echo "    The platform's warnings and errors, the last of them:"
        grep -vE 'healthy|gateway +[A-Z]+ /[^ ]* [1-4]' TestResults/platform.log | tail -n 40 | cut -c 1-300 | sed 's/^/    /'
      fi
    fi
  } > "TestResults/$project.summary"
  cat "TestResults/$project.summary"
}

for project in "${projects[@]}"; do
  if [ "$project" = Platform.Tests ]; then
    wait
    run "$project"
  else
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
    run "$project" &
  fi
done
wait

read -r passed failed skipped < <(cat TestResults/*.count | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
[ "$passed" != 0 ] || [ "$failed" != 0 ] || echo "No test ran."
[ "$skipped" = 0 ] && skips="" || skips=", $skipped skipped"
echo "$passed passed, $failed failed$skips"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
