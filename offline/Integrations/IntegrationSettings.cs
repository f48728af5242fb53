using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>Where an integration's settings come from: its section, the section of the connection, the connection string.</summary>
internal static class IntegrationSettings
{
    public static TSettings Read<TSettings>(IConfiguration configuration, string sectionName, string connectionName)
        where TSettings : new()
    {
        var settings = new TSettings();
        var section = configuration.GetSection(sectionName);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        return settings;
    }

    /// <summary>The same sentence as Aspire's, so that a log reads the same in both builds.</summary>
    public static InvalidOperationException Missing(string connectionName, string sectionName) => new(
        $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' key in '{sectionName}' configuration section.");
}
