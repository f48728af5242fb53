namespace Voice.AppHost.Azure;

/// <summary>A model service outside the platform.</summary>
/// <param name="Account">What services reference.</param>
/// <param name="BaseUrl">Of its OpenAI-compatible API; null where the connection string is all that is known.</param>
internal sealed record HostedModels(IResourceBuilder<IResourceWithConnectionString> Account, ReferenceExpression? BaseUrl);
