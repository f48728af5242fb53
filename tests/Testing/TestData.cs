namespace Voice.Testing;

/// <summary>Recorded speech and labelled text kept outside the repository: <c>VOICE_TEST_DATA</c>, or <c>../shared/data</c> beside the checkout.</summary>
public static class TestData
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string? Folder { get; } = Find();

    public static string? Path(string relative) =>
        Folder is null ? null : System.IO.Path.Combine(Folder, relative) is var path && File.Exists(path) ? path : null;

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable("VOICE_TEST_DATA") ?? System.IO.Path.Combine(RepositoryRoot, "..", "shared", "data");
        return Directory.Exists(folder) ? System.IO.Path.GetFullPath(folder) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "VoiceAspire.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Tests run from inside the repository.");
    }
}

/// <summary>A test that needs a file of <see cref="TestData"/> and is skipped, saying so, where it is absent.</summary>
public sealed class TestDataFactAttribute : Xunit.FactAttribute
{
    public TestDataFactAttribute(string relative)
    {
        if (TestData.Path(relative) is null)
        {
            Skip = $"needs {relative} of the test data (VOICE_TEST_DATA)";
        }
    }
}
