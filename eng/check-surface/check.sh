#!/usr/bin/env bash
# Proves that the stand-ins under offline/ have the signatures that the real packages have, from the published API listings:
#   eng/check-surface/check.sh --aspire DIR --azure-sdk DIR
# DIR are checkouts (or archives) of microsoft/aspire at the version in Directory.Build.props and of Azure/azure-sdk-for-net.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
items=$(mktemp -d)
trap 'rm -rf "$items"' EXIT

# The stand-ins, and what uses them; not the services, which only run beside the application host.
for project in offline/Surface/Hosting ServiceDefaults; do
  dotnet build "$root/$project" -v q --nologo -p:UseAspire=false >&2
done
dotnet restore "$root/AppHost" -v q -p:UseAspire=false >&2
for project in AppHost ServiceDefaults; do
  dotnet msbuild "$root/$project/$project.csproj" -p:UseAspire=false -p:BuildProjectReferences=false -t:ResolveReferences \
    -getItem:Compile,ReferencePath,Analyzer,Service > "$items/$project.json"
done
dotnet run --project "$here/CheckSurface.csproj" -v q -- --items "$items" "$@"
