namespace Voice.ServiceDefaults.OpenApi;

internal sealed record DescribedHeader(int Status, string Name);
