using Microsoft.Extensions.Options;
using Voice.Api.Agents;
using Voice.Core.Providers;
using Voice.Core.Text;

namespace Voice.Api.SpeechCache;

/// <summary>
/// Makes greetings and the platform's own phrases before anybody waits for them, one after the other. What Redis has is not made again.
/// A phrase that cannot be made is left for the conversation that needs it.
/// </summary>
internal sealed partial class SpeechWarmup(
    AgentCatalog agents, ISpeechSynthesizer synthesizer, IOptions<SpeechCacheOptions> options, TimeProvider time, ILogger<SpeechWarmup> logger) : BackgroundService
{
    private const int MaxAgents = 200;
    private const int MaxClauses = 400;
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is not { Enabled: true, Warm: true })
        {
            return;
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Log.Made(logger, await WarmAsync(stoppingToken));
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && attempt < Pauses.Length)
            {
                // The worker or the database starts later than we do.
                await Task.Delay(Pauses[attempt], time, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotMade(logger, exception);
                return;
            }
        }
    }

    private async Task<int> WarmAsync(CancellationToken cancellationToken)
    {
        var known = await agents.RecentAsync(MaxAgents, cancellationToken);
        var greetings = known.Select(agent => (agent, Text: agent.Greeting, agent.Language));
        var phrases = from agent in known
                      from language in new[] { agent.Language, agent.TargetLanguage }.OfType<string>().Distinct()
                      from text in SpokenText.Phrases(language)
                      select (agent, Text: text, Language: language);
        var requests =
            from said in greetings.Concat(phrases)
            from words in SpokenText.Clauses(said.Text, said.Language)
            select new SpeechRequest(words, said.Language, said.agent.Models.Speech, said.agent.Voice) { Caching = SpeechCaching.Fixed };
        var made = 0;
        foreach (var request in requests.Distinct().Take(MaxClauses))
        {
            await foreach (var _ in synthesizer.SynthesizeAsync(request, cancellationToken))
            {
                // Only its being made matters: the cache around the synthesizer keeps it.
            }

            made++;
        }

        return made;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Count} clauses of greetings and phrases are ready")]
        public static partial void Made(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Information, "Greetings and phrases could not be made ahead; conversations make their own")]
        public static partial void NotMade(ILogger logger, Exception exception);
    }
}
