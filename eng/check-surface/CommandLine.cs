namespace VoiceAspire.CheckSurface;

/// <param name="Items">Directory with one JSON file of MSBuild items per project, written by check.sh.</param>
internal sealed record CommandLine(string Aspire, string AzureSdk, string Items)
{
    public const string Usage = "usage: check.sh --aspire DIR --azure-sdk DIR   (checkouts of microsoft/aspire and Azure/azure-sdk-for-net)";

    public static CommandLine? Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

        return Value("--aspire") is { } aspire && Value("--azure-sdk") is { } azure && Value("--items") is { } items
            ? new CommandLine(aspire, azure, items)
            : null;
    }

    public string Item(string name) => Path.Combine(Items, name);

    /// <summary>The package directory that a line of packages.txt names.</summary>
    public string Resolve(string source, string directory) =>
        Path.Combine(source == "aspire" ? Aspire : AzureSdk, directory.Replace('/', Path.DirectorySeparatorChar));
}
