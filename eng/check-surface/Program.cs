using Microsoft.CodeAnalysis;
using VoiceAspire.CheckSurface;

if (args is ["--public-api", var standIn, .. var shipped])
{
    return PublicApi.Report(standIn, shipped, Console.Out) == 0 ? 0 : 1;
}

if (CommandLine.Parse(args) is not { } command)
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

var appHost = ProjectItems.Load(command.Item("AppHost.json"));
var serviceDefaults = ProjectItems.Load(command.Item("ServiceDefaults.json"));
var outside = appHost.References.Concat(serviceDefaults.References).Where(path => !StandIn.Is(path)).DistinctBy(Path.GetFileName)
    .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList();
var standIns = appHost.References.Concat(serviceDefaults.References).Where(StandIn.Is).DistinctBy(Path.GetFileName).ToList();

var listing = Listing.Load(command, outside);
Console.WriteLine($"listing: {listing.Packages.Count} packages, {listing.Files} files");

var comparison = new Comparison(listing);
foreach (var path in standIns)
{
    comparison.Compare(path, [.. outside, .. standIns.Where(other => other != path).Select(other => MetadataReference.CreateFromFile(other))]);
}

var failures = comparison.Report(Console.Out);
failures += Binding.Report("AppHost", appHost, listing, Console.Out);
failures += Binding.Report("ServiceDefaults", serviceDefaults, listing, Console.Out);
Console.WriteLine(failures == 0 ? "the signatures are true" : $"{failures} mismatches");
return failures == 0 ? 0 : 1;
