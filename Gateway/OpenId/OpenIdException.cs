namespace Voice.Gateway.OpenId;

/// <summary>Why a provider's answer leads nowhere: for the log and the trail in <see cref="Reason"/>, for the person by <see cref="Code"/>.</summary>
internal sealed class OpenIdException(string code, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>One of <see cref="OpenIdErrors"/>; the sign-in page has words for each.</summary>
    public string Code { get; } = code;

    /// <summary>A few words of ours, never what the provider or the browser sent.</summary>
    public string Reason { get; } = reason;
}
