using Voice.Gateway.Accounts;

namespace Voice.Gateway.SignIn;

/// <summary>After the first proof in a browser, whichever it was: the second factor where the account has one, else in.</summary>
internal sealed class SignInContinuation(SignInChallenges challenges, SignInCompletion completion)
{
    /// <param name="method">The first proof: <c>password</c>, <c>openid:…</c>.</param>
    /// <returns>Where the browser goes on.</returns>
    public async Task<string> ContinueAsync(HttpContext context, UserAccount user, string method, string returnUrl, CancellationToken cancellationToken)
    {
        if (user.HasSecondFactor)
        {
            ChallengeCookie.Write(context, challenges.Issue(user, method));
            return $"/sign-in/code?return_url={Uri.EscapeDataString(returnUrl)}";
        }

        return await completion.FinishAsync(context, user, method, cancellationToken) is null
            ? $"/sign-in?error=unavailable&return_url={Uri.EscapeDataString(returnUrl)}"
            : returnUrl;
    }
}
