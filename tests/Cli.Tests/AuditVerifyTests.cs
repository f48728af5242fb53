using System.Security.Cryptography;
using System.Text.Json;
using Voice.Gateway.Audit;

namespace Voice.Cli.Tests;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_whole_export_passes_and_the_key_is_named()
    {
        var result = await CommandResult.OfAsync("audit", "verify", Write(Export(3)), "--key", PublicKey(_key));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("org_a: 3 entries, whole, complete until 2026-11-21T10:00:00.000000Z", result.Output);
    }

    [Fact]
    public async Task An_organization_without_acts_has_a_whole_export_too() =>
        Assert.Equal(0, (await CommandResult.OfAsync("audit", "verify", Write(Export(0)))).ExitCode);

    [Fact]
    public void The_form_is_the_documented_one() =>
        // Computed with the ten lines of Python in docs/specs/audit.md.
        Assert.Equal("423aea9cab2f40abda8bc23e4e4ce36e7ad7593cc31575e63d41f3ba2ecf6eab", JsonDocument.Parse(Export(1)[0]).RootElement.GetProperty("hash").GetString());

    public static TheoryData<string, string> Damages => new()
    {
        { "change", "changed" }, { "remove", "missing" }, { "swap", "missing" }, { "repeat", "reordered" }, { "cut the end", "truncated" },
        { "cut the head", "truncated" }, { "shorten with the head", "signature" }, { "append", "foreign" }, { "rechain", "changed" }, { "garbage", "unreadable" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task What_was_done_to_an_export_is_said(string damage, string fault)
    {
        var lines = Export(4);
        lines = damage switch
        {
            "change" => [lines[0], lines[1].Replace("act_2", "act_9", StringComparison.Ordinal), .. lines[2..]],
            "remove" => [lines[0], .. lines[2..]],
            "swap" => [lines[1], lines[0], .. lines[2..]],
            "repeat" => [lines[0], lines[0], .. lines[1..]],
            "cut the end" => [.. lines[..3], lines[4]],
            "cut the head" => lines[..4],
            "shorten with the head" => [.. lines[..3], lines[4].Replace("\"sequence\":4", "\"sequence\":3", StringComparison.Ordinal)],
            "append" => [.. lines, lines[0]],
            "rechain" => [.. Export(4, "other")[..4], lines[4]],
            _ => [lines[0], "{}", .. lines[1..]],
        };

        var result = await CommandResult.OfAsync("audit", "verify", Write(lines));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"voice: {fault}: ", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task A_head_that_another_key_signed_does_not_pass_under_the_trusted_one()
    {
        using var trusted = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var result = await CommandResult.OfAsync("audit", "verify", Write(Export(2)), "--key", PublicKey(trusted));

        Assert.StartsWith("voice: signature: ", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task A_later_export_must_continue_the_earlier_one()
    {
        var earlier = Write(Export(3));

        Assert.Equal(0, (await CommandResult.OfAsync("audit", "verify", Write(Export(5)), "--previous", earlier)).ExitCode);
        Assert.StartsWith("voice: truncated: ", (await CommandResult.OfAsync("audit", "verify", Write(Export(2)), "--previous", earlier)).Error);
        Assert.StartsWith("voice: truncated: ", (await CommandResult.OfAsync("audit", "verify", Write(Export(5, "other")), "--previous", earlier)).Error);
    }

    [Theory]
    [InlineData("audit", "verify", "absent.ndjson")]
    [InlineData("audit", "verify", "absent.ndjson", "--previous", "absent.ndjson")]
    public async Task A_file_that_is_not_there_is_named(params string[] args)
    {
        var result = await CommandResult.OfAsync(args);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("absent.ndjson", Assert.Single(result.ErrorLines));
    }

    private static string PublicKey(ECDsa key) => System.Buffers.Text.Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());

    private string Write(string[] lines)
    {
        var path = _folder.File($"{Guid.NewGuid():n}.ndjson");
        File.WriteAllLines(path, lines);
        return path;
    }

    private string[] Export(int entries, string actor = "user_1")
    {
        var (lines, last) = (new List<string>(), AuditHash.Zero);
        for (var i = 1; i <= entries; i++)
        {
            var entry = new AuditEntry
            {
                OrganizationId = "org_a",
                Sequence = i,
                At = "2026-11-21T09:00:00.000000Z",
                Actor = new("user", actor),
                Action = $"act_{i}",
                Target = null,
                Address = "192.0.2.7",
                RequestId = null,
                Result = "succeeded",
                Details = new Dictionary<string, string> { ["role"] = "ädmin" },
                PreviousHash = last,
                Hash = "",
            };
            last = AuditHash.Of(entry);
            lines.Add(JsonSerializer.Serialize(entry with { Hash = last }, AuditJson.Default.AuditEntry));
        }

        var head = new AuditHead
        {
            OrganizationId = "org_a",
            Sequence = entries,
            Hash = last,
            At = "2026-11-21T10:00:00.000000Z",
            KeyId = "akey_1",
            Signature = "",
            PublicKey = PublicKey(_key),
        };
        head = head with { Signature = System.Buffers.Text.Base64Url.EncodeToString(_key.SignData(AuditHash.OfHead(head), HashAlgorithmName.SHA256)) };
        return [.. lines, JsonSerializer.Serialize(head, AuditJson.Default.AuditHead)];
    }
}
