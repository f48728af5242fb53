namespace Gateway.Tests.OpenId;

/// <summary>A gateway that trusts one provider, which does what a test says.</summary>
public sealed class OpenIdHost : IAsyncLifetime
{
    public GatewayHost Gateway { get; } = new();

    public FakeProvider Provider { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await FakeProvider.StartAsync(Gateway.Time);
        Gateway.Settings["OpenId:Providers:fake:Authority"] = Provider.Issuer;
        Gateway.Settings["OpenId:Providers:fake:ClientId"] = FakeProvider.ClientId;
        Gateway.Settings["OpenId:Providers:fake:ClientSecret"] = FakeProvider.ClientSecret;
        Gateway.Settings["OpenId:Providers:fake:DisplayName"] = "Fake & Sons";
        await Gateway.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>A provider that behaves, somebody new signed in there, and nothing remembered of its mistakes.</summary>
    internal FakePerson Reset()
    {
        Provider.IsDown = Provider.EmailByUserInfo = false;
        Provider.LeadsAway = null;
        (Provider.OnIdToken, Provider.OnRedirect, Provider.OnMetadata) = (null, null, null);
        // Its keys may be asked for again, and a failure is forgotten.
        Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        return Provider.Person = FakePerson.New();
    }

    internal async Task<long> CountAsync(string sql, string value)
    {
        await using var command = Gateway.Database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    internal Task<long> AccountsAsync(string email) => CountAsync("select count(*) from identity.users where lower(email) = lower($1)", email);

    internal Task<long> ActsAsync(string action, string reason) => CountAsync($"select count(*) from identity.audit_entries where action = '{action}' and details::text like '%' || $1 || '%'", reason);
}
