using Aspire.Hosting.Azure;

namespace Voice.AppHost.Azure;

internal static class SecretExtensions
{
    public static GeneratedSecret AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name, AzureEnvironment? azure)
    {
        // Letters and digits only: the value also travels in headers, URLs and shells.
        var random = new GenerateParameterDefault { MinLength = 40, Special = false };
        var value = builder.AddParameter(name, random, secret: true, persist: true);

        // Resource names are unique in the whole model, so the secret's differs from the parameter's.
        return new GeneratedSecret(value, azure?.Vault.AddSecret($"{name}-secret", name, value));
    }

    public static IResourceBuilder<T> WithSecret<T>(this IResourceBuilder<T> resource, string variable, GeneratedSecret secret)
        where T : IResourceWithEnvironment =>
        secret.InVault is { } stored
            ? resource.WithEnvironment(variable, (IAzureKeyVaultSecretReference)stored.Resource)
            : resource.WithEnvironment(variable, secret.Value);
}
