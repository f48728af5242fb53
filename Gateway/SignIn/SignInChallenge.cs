using Voice.Gateway.OpenId;

namespace Voice.Gateway.SignIn;

/// <summary>Somebody between the first proof and the second.</summary>
/// <param name="Stamp">Of the account at the first proof: a new password since then ends this.</param>
/// <param name="Method">The first proof: <c>password</c>, <c>openid:…</c>.</param>
/// <param name="Link">What is added to the account once the second proof is there too.</param>
internal sealed record SignInChallenge(string UserId, string Stamp, string Method, OpenIdIdentity? Link, long Expires);
