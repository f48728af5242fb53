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

    /// <summary>The secret that a service seals and signs with what is its own alone. The gateway's has the name it always had.</summary>
    public static IResourceBuilder<ProjectResource> WithSecretOfItsOwn(this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure)
    {
        var name = service.Resource.Name == "gateway" ? "auth-signing-key" : $"{service.Resource.Name}-key";
        return service.WithSecret("Auth__SigningKey", service.ApplicationBuilder.AddGeneratedSecret(name, azure));
    }

    public static IResourceBuilder<T> WithSecret<T>(this IResourceBuilder<T> resource, string variable, GeneratedSecret secret)
        where T : IResourceWithEnvironment =>
        secret.InVault is { } stored
            ? resource.WithEnvironment(variable, (IAzureKeyVaultSecretReference)stored.Resource)
            : resource.WithEnvironment(variable, secret.Value);
}
