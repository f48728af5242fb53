using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Gateway.Audit;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests;

public sealed class AuditTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private AuditTrail Trail => gateway.Provider.GetRequiredService<AuditTrail>();

    private AuditReader Reader => gateway.Provider.GetRequiredService<AuditReader>();

    [Fact]
    public async Task Acts_of_many_writers_over_two_gateways_form_one_chain_per_organization()
    {
        await using var other = GatewayHost.CreateFactory(gateway.Database, gateway.Services.Addresses, gateway.Time);
        other.StartServer();
        AuditTrail[] trails = [Trail, other.Services.GetRequiredService<AuditTrail>()];
        string[] organizations = [NewOrganization(), NewOrganization()];

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i =>
            trails[i % 2].RecordAsync(Act(organizations[i / 2 % 2], $"test.act_{i}"), CancellationToken.None))).OrTimeout();

        foreach (var organization in organizations)
        {
            Assert.Equal((null, 60L), await Reader.VerifyAsync(organization, CancellationToken.None));
        }
    }

    [Fact]
    public async Task An_act_needs_one_connection_from_the_first_on()
    {
        // Writers that hold one and wait for a second wait for each other as soon as they are as many as the pool has.
        await using var narrow = NpgsqlDataSource.Create(gateway.Database.ConnectionString + ";Maximum Pool Size=1;Timeout=2");
        using var keys = new AuditKeys(narrow, gateway.Provider.GetRequiredService<IOptions<IdentityOptions>>(), gateway.Time);
        var organization = NewOrganization();

        await new AuditTrail(narrow, keys, gateway.Time).RecordAsync(Act(organization), CancellationToken.None).OrTimeout();

        Assert.Equal((null, 1L), await Reader.VerifyAsync(organization, CancellationToken.None));
    }

    [Fact]
    public async Task An_act_that_is_rolled_back_leaves_no_gap()
    {
        var organization = NewOrganization();
        await Trail.RecordAsync(Act(organization, "test.first"), CancellationToken.None);
        await using (var connection = await gateway.Database.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Trail.RecordAsync(transaction, Act(organization, "test.undone"), CancellationToken.None);
        }

        await Trail.RecordAsync(Act(organization, "test.second"), CancellationToken.None);

        Assert.Equal((null, 2L), await Reader.VerifyAsync(organization, CancellationToken.None));
    }

    [Theory]
    [InlineData("update identity.audit_entries set actor_id = 'somebody' where organization_id = '{0}'")]
    [InlineData("delete from identity.audit_entries where organization_id = '{0}'")]
    [InlineData("truncate identity.audit_entries")]
    [InlineData("delete from identity.audit_heads where organization_id = '{0}'")]
    public async Task The_database_refuses_to_change_or_remove_what_was_recorded(string sql)
    {
        var organization = NewOrganization();
        await Trail.RecordAsync(Act(organization), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => gateway.Database.ExecuteAsync(string.Format(null, sql, organization)));

        Assert.Contains("append-only", refused.MessageText);
        Assert.Equal((null, 1L), await Reader.VerifyAsync(organization, CancellationToken.None));
    }

    [Theory]
    [InlineData("update identity.audit_entries set action = 'other' where sequence = 2 and", "changed")]
    [InlineData("update identity.audit_entries set details = '{}' where sequence = 2 and", "changed")]
    [InlineData("delete from identity.audit_entries where sequence = 2 and", "missing")]
    [InlineData("delete from identity.audit_entries where sequence = 1 and", "missing")]
    [InlineData("delete from identity.audit_entries where sequence = 3 and", "truncated")]
    [InlineData("delete from identity.audit_heads where", "truncated")]
    [InlineData("update identity.audit_heads set signature = 'AAAA' where", "signature")]
    [InlineData("update identity.audit_heads set sequence = 2, hash = (select hash from identity.audit_entries e where e.sequence = 2 and e.organization_id = audit_heads.organization_id) where", "signature")]
    public async Task What_somebody_with_the_database_in_hand_changes_is_found(string sql, string fault)
    {
        var organization = NewOrganization();
        for (var i = 0; i < 3; i++)
        {
            await Trail.RecordAsync(Act(organization), CancellationToken.None);
        }

        await TamperAsync($"{sql} organization_id = '{organization}'");

        var (found, _) = await Reader.VerifyAsync(organization, CancellationToken.None);
        Assert.Equal(fault, found?.Kind);
        using var output = new StringWriter();
        Assert.Equal(1, await AuditCommand.RunAsync(gateway.Provider, ["audit", "verify", organization], output, CancellationToken.None));
        Assert.StartsWith($"{organization}: {fault}: ", output.ToString());
    }

    [Fact]
    public async Task An_export_is_whole_and_ends_with_a_head_that_the_published_key_signed()
    {
        using var client = gateway.WithKey();
        for (var i = 0; i < 3; i++)
        {
            await Trail.RecordAsync(Act("org_default"), CancellationToken.None);
        }

        using var response = await client.GetAsync("/api/v1/audit/export");
        Assert.Equal(("application/x-ndjson", HttpStatusCode.OK), (response.Content.Headers.ContentType?.MediaType, response.StatusCode));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var chain = new AuditChain();
        Assert.All(lines[..^1], line => Assert.Null(chain.Add(Assert.IsType<AuditEntry>(AuditExport.Read(line)))));
        var head = Assert.IsType<AuditHead>(AuditExport.Read(lines[^1]));
        using var keys = await client.GetAsync("/api/v1/audit/keys");
        var key = (await keys.JsonAsync()).GetProperty("data").EnumerateArray().Single(k => k.GetProperty("id").GetString() == head.KeyId);
        Assert.Null(chain.End(head, System.Buffers.Text.Base64Url.DecodeFromChars(key.GetProperty("public_key").GetString())));
        Assert.Equal("audit.export", Assert.IsType<AuditEntry>(AuditExport.Read(lines[^2])).Action);
    }

    [Fact]
    public async Task A_list_goes_back_page_by_page_and_only_through_the_callers_own_organization()
    {
        using var client = gateway.WithKey();
        var action = $"test.{Guid.NewGuid():n}";
        for (var i = 0; i < 5; i++)
        {
            await Trail.RecordAsync(Act("org_default", action), CancellationToken.None);
            await Trail.RecordAsync(Act(NewOrganization(), action), CancellationToken.None);
        }

        var (seen, cursor) = (new List<JsonElement>(), (string?)"");
        while (cursor is not null)
        {
            using var response = await client.GetAsync($"/api/v1/audit?limit=2&action={action}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            var page = await response.JsonAsync();
            seen.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(5, seen.Count);
        Assert.All(seen, entry => Assert.Equal("org_default", entry.GetProperty("organization_id").GetString()));
        Assert.Equal(seen.OrderByDescending(entry => entry.GetProperty("sequence").GetInt64()), seen);
    }

    [Theory]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=101", "invalid_limit")]
    [InlineData("limit=x", "invalid_request")]
    [InlineData("cursor=x", "invalid_cursor")]
    [InlineData("cursor=AAAAAAAAAAA", "invalid_cursor")]
    [InlineData("cursor=%F0%9F%98%80", "invalid_cursor")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, string code)
    {
        using var client = gateway.WithKey();
        using var response = await client.GetAsync($"/api/v1/audit?{query}");
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/audit/export")]
    [InlineData("/api/v1/audit/keys")]
    public async Task Nobody_reads_it_without_a_credential(string path)
    {
        using var client = gateway.Anonymous();
        using var response = await client.GetAsync(path);
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, "missing_credential");
    }

    [Fact]
    public async Task Secrets_and_long_or_broken_texts_never_get_into_it()
    {
        var organization = NewOrganization();
        await Trail.RecordAsync(
            Act(organization) with
            {
                Details = new Dictionary<string, string>
                {
                    ["key"] = GatewayHost.ApiKey,
                    ["header"] = "Bearer abc.def.ghi",
                    ["token"] = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln",
                    ["long"] = new string('x', 5000),
                    ["broken"] = "a\0b\nc\ud800d",
                },
            },
            CancellationToken.None);

        var details = await gateway.Database.ScalarAsync<string>($"select details::text from identity.audit_entries where organization_id = '{organization}'");
        var stored = JsonSerializer.Deserialize<Dictionary<string, string>>(details!)!;
        Assert.Equal(("[redacted]", "Bearer [redacted]", "[redacted]"), (stored["key"], stored["header"], stored["token"]));
        Assert.Equal((200, "a?b?c\ufffdd"), (stored["long"].Length, stored["broken"]));
        Assert.Equal((null, 1L), await Reader.VerifyAsync(organization, CancellationToken.None));
    }

    private static string NewOrganization() => $"org_{Guid.NewGuid():n}";

    private static AuditEvent Act(string organization, string action = "test.act") =>
        new(organization, new("user", "user_1"), action, new("api_key", "key_1")) { Address = "192.0.2.7", Details = new Dictionary<string, string> { ["role"] = "admin" } };

    /// <summary>As somebody does who owns the database: without its triggers.</summary>
    private async Task TamperAsync(string sql)
    {
        await using var connection = await gateway.Database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; set local session_replication_role = replica; {sql}; commit", connection);
        await command.ExecuteNonQueryAsync();
    }
}
