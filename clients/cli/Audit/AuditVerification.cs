using System.Buffers.Text;
using System.Security.Cryptography;
using Voice.Gateway.Audit;

namespace Voice.Cli.Audit;

/// <summary>Follows the chain of an export line by line; nothing of it is held but the last hash.</summary>
internal sealed class AuditVerification(CliConsole console)
{
    public async Task<int> RunAsync(string file, string? key, string? previous, CancellationToken cancellationToken)
    {
        if (key is not null && !Base64Url.IsValid(key))
        {
            throw new CliException(ExitCode.Usage, "--key is not a public key in base64url, as /api/v1/audit/keys gives it.");
        }

        var earlier = previous is null ? null : await LastHeadAsync(previous, cancellationToken);
        var (fault, chain, head) = await FollowAsync(file, earlier, key, cancellationToken);
        if (fault is not null)
        {
            await console.Error.WriteLineAsync($"voice: {fault.Kind}: {fault.Message}");
            return ExitCode.ConversationFailed;
        }

        var publicKey = Base64Url.DecodeFromChars(key ?? head!.PublicKey);
        await console.Output.WriteLineAsync($"{head!.OrganizationId}: {chain.Length} entries, whole, complete until {head.At}");
        await console.Output.WriteLineAsync($"signed with {head.KeyId}, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(publicKey))}"
            + (key is null ? "; the key came with the export: compare it, or give the one you trust as --key" : ""));
        return ExitCode.Done;
    }

    private static async Task<(AuditFault? Fault, AuditChain Chain, AuditHead? Head)> FollowAsync(
        string file, AuditHead? earlier, string? key, CancellationToken cancellationToken)
    {
        var (chain, head, number) = (new AuditChain(), (AuditHead?)null, 0L);
        var continues = earlier is not { Sequence: > 0 };
        await foreach (var line in LinesAsync(file, cancellationToken))
        {
            number++;
            AuditFault? fault = head is not null ? new("foreign", $"Line {number} comes after the signed head.") : null;
            switch (AuditExport.Read(line))
            {
                case AuditEntry entry:
                    fault ??= chain.Add(entry);
                    continues |= fault is null && entry.Sequence == earlier?.Sequence && entry.Hash == earlier.Hash;
                    break;
                case AuditHead signed:
                    head ??= signed;
                    break;
                default:
                    fault ??= new("unreadable", $"Line {number} is neither an entry nor a head.");
                    break;
            }

            if (fault is not null)
            {
                return (fault, chain, head);
            }
        }

        var trusted = key ?? head?.PublicKey;
        var end = chain.End(head, trusted is not null && Base64Url.IsValid(trusted) ? Base64Url.DecodeFromChars(trusted) : []);
        end ??= continues && (earlier is null || earlier.OrganizationId == head!.OrganizationId)
            ? null
            : new("truncated", $"The earlier export ends with another entry {earlier!.Sequence}: this one does not continue it.");
        return (end, chain, head);
    }

    private static async Task<AuditHead> LastHeadAsync(string file, CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (var line in LinesAsync(file, cancellationToken))
        {
            last = line;
        }

        return last is not null && AuditExport.Read(last) is AuditHead head
            ? head
            : throw new CliException(ExitCode.BadFile, $"{file} does not end with a signed head: it is no whole export.");
    }

    private static async IAsyncEnumerable<string> LinesAsync(
        string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(file);
        while (await ReadLineAsync(reader, file, cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or System.Text.DecoderFallbackException)
        {
            throw new CliException(ExitCode.BadFile, $"{file} cannot be read: {failure.Message}", failure);
        }
    }

    private static StreamReader Open(string file)
    {
        try
        {
            return new StreamReader(file == "-" ? Console.OpenStandardInput() : File.OpenRead(file), new System.Text.UTF8Encoding(false, true));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadFile, $"{file} cannot be read: {failure.Message}", failure);
        }
    }
}
