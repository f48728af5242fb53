using Voice.ServiceDefaults.Identity;
using Voice.Web.ApiKeys;

namespace Web.Tests;

public sealed class ScopeWordsTests
{
    [Fact]
    public void Every_scope_that_a_key_can_have_is_said_in_words() =>
        Assert.DoesNotContain(Scopes.All, scope => ScopeWords.Of(scope) == scope);
}
