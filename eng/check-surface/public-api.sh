#!/usr/bin/env bash
# Proves that every member of offline/Surface/Identity is one that the real packages publish, from their PublicAPI.Shipped.txt:
#   eng/check-surface/public-api.sh --identity-web DIR --aspnetcore DIR
# DIR are checkouts of AzureAD/microsoft-identity-web and dotnet/aspnetcore. What a type derives from is not in these listings.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
identity="" aspnetcore=""
while [ $# -gt 0 ]; do
  case $1 in
    --identity-web) identity=$2 ;;
    --aspnetcore) aspnetcore=$2 ;;
    *) break ;;
  esac
  shift 2
done
[ -n "$identity" ] && [ -n "$aspnetcore" ] || { sed -n '2,4s/^# //p' "$0"; exit 2; }
dotnet build "$root/offline/Surface/Identity" -v q --nologo -p:UseAspire=false >&2
assembly=$root/offline/Surface/Identity/bin/Debug/net10.0/VoiceAspire.Offline.Surface.Identity.dll
mapfile -t listings < <(find "$identity/src/Microsoft.Identity.Web" "$identity/src/Microsoft.Identity.Web.TokenAcquisition" \
  "$aspnetcore/src/Security/Authentication/OpenIdConnect/src" -name 'PublicAPI.*.txt' 2> /dev/null)
dotnet run --project "$root/eng/check-surface/CheckSurface.csproj" -v q -- --public-api "$assembly" "${listings[@]}"
