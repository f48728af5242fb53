namespace Voice.ServiceDefaults.Live;

/// <summary>Where help is: a line to call, a page to open.</summary>
public sealed record LiveResource(string Name, string Contact, string? Url);
