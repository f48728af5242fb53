using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Voice.Core.Providers;

namespace Voice.Inference.Translation;

/// <summary>
/// The programs of one Apertium mode, kept running and fed one text at a time, NUL-terminated. <c>apertium -z</c> itself stalls, so the mode's
/// pipeline is run here with <c>-z</c> in every stage. A text that breaks the order of question and answer costs that pipeline: it is
/// killed and the next text starts another.
/// </summary>
internal sealed partial class ApertiumPipeline(string modeFile, TimeProvider time, ILogger<ApertiumPipeline> logger) : IAsyncDisposable
{
    public const int MaxText = 5_000;

    private const int MaxAnswer = 256 * 1024;
    private const string Escaped = "\\[]^$/{}<>@~;";

    // apertium-deshtml would add these: an end of sentence for the tagger, and a superblank that flushes the last word.
    private const string SentenceEnd = ".[]";
    private const string TextEnd = "[][\n]";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Process? _process;

    public int? ProcessId => _process?.Id;

    public async ValueTask<string> TranslateAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > MaxText)
        {
            throw new ProviderException("provider_rejected", $"A sentence is longer than {MaxText} characters.");
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A process that died while nobody asked is found out by the first question to it; the second goes to a fresh one.
            return await AskAsync(text, cancellationToken) ?? await AskAsync(text, cancellationToken)
                ?? throw new ProviderException("provider_failed", "The translation engine failed.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        Discard();
        _turn.Dispose();
    }

    /// <summary>Null where the pipeline broke, which ends it.</summary>
    private async Task<string?> AskAsync(string text, CancellationToken cancellationToken)
    {
        var process = _process ??= Start();
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var complete = false;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encode(text), stop.Token);
            await process.StandardInput.BaseStream.FlushAsync(stop.Token);
            var answer = await ReadAsync(process.StandardOutput.BaseStream, stop.Token);
            complete = answer is not null;
            return answer is null ? null : Decode(answer);
        }
        catch (IOException failure)
        {
            Log.Broke(logger, modeFile, failure);
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.TimedOut(logger, modeFile, Timeout);
            return null;
        }
        finally
        {
            // Also when the caller has gone: the answer that is still to come would be taken for the next one's.
            if (!complete)
            {
                Discard();
            }
        }
    }

    private static byte[] Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var c in text.Trim())
        {
            if (Escaped.Contains(c))
            {
                encoded.Append('\\');
            }

            encoded.Append(char.IsControl(c) ? ' ' : c);
        }

        if (encoded.Length == 0 || encoded[^1] is not ('.' or '?' or '!'))
        {
            encoded.Append(SentenceEnd);
        }

        return Encoding.UTF8.GetBytes(encoded.Append(TextEnd).Append('\0').ToString());
    }

    private static string Decode(string answer)
    {
        var end = answer.LastIndexOf(TextEnd, StringComparison.Ordinal);
        answer = end >= 0 ? answer[..end] : answer;
        answer = answer.EndsWith(SentenceEnd, StringComparison.Ordinal) ? answer[..^SentenceEnd.Length] : answer;
        answer = Escape().Replace(answer, "$1");

        // Marks of words that Apertium did not know or could not inflect: "*rash", "#tener", "@dolor".
        return UnknownMark().Replace(answer, "").Trim();
    }

    /// <summary>Up to the NUL; null at the end of the stream or beyond any sensible length.</summary>
    private static async Task<string?> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[4_096];
        while (answer.Length < MaxAnswer && await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            var end = buffer.AsSpan(0, read).IndexOf((byte)0);
            answer.Write(buffer, 0, end < 0 ? read : end);
            if (end >= 0)
            {
                // Something after the NUL would be an answer to no question.
                return end == read - 1 ? Encoding.UTF8.GetString(answer.ToArray()) : null;
            }
        }

        return null;
    }

    private Process Start()
    {
        string mode;
        try
        {
            mode = File.ReadAllText(modeFile);
        }
        catch (IOException failure)
        {
            throw new ProviderException("provider_unavailable", "Apertium's English-Spanish data is not installed (apertium-eng-spa).", failure);
        }

        var stages = mode.Replace("$2", "").Replace("$1", "-n").Split('|').Select(stage => Program().Replace(stage.Trim(), "$1 -z"));
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };

        // The mode file is the distribution's; no text of a client is ever part of the command. `exec` would leave only one stage to kill.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("set -o pipefail; " + string.Join(" | ", stages));
        start.Environment["LC_ALL"] = "C.UTF-8";
        var process = Process.Start(start) ?? throw new ProviderException("provider_unavailable", "The translation engine did not start.");
        Log.Started(logger, modeFile, process.Id);
        return process;
    }

    private void Discard()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }

        process.Dispose();
    }

    [GeneratedRegex(@"^(\S+)")]
    private static partial Regex Program();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<=^|[\s¿¡""(])[*#@](?=\p{L})")]
    private static partial Regex UnknownMark();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Translation pipeline {Mode} started as process {ProcessId}")]
        public static partial void Started(ILogger logger, string mode, int processId);

        [LoggerMessage(2, LogLevel.Warning, "Translation pipeline {Mode} broke and is replaced")]
        public static partial void Broke(ILogger logger, string mode, Exception failure);

        [LoggerMessage(3, LogLevel.Warning, "Translation pipeline {Mode} did not answer within {Timeout} and is replaced")]
        public static partial void TimedOut(ILogger logger, string mode, TimeSpan timeout);
    }
}
