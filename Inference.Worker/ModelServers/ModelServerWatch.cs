using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Azure;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.ModelServers;

/// <summary>
/// Looks after the servers beside this worker: a server is ready once it lists its model and has answered a first request, and not any more when it does not
/// list it; then it has begun anew and is warmed again. The worker is not healthy, and gets no requests, until all are ready.
/// </summary>
internal sealed partial class ModelServerWatch(
    ProviderHttp http, IServiceProvider services, IOptions<ModelServerOptions> options, TimeProvider time, ILogger<ModelServerWatch> logger) : BackgroundService, IHealthCheck
{
    private const int SilenceRate = 16_000;
    private const string Files = "files";

    private readonly ConcurrentDictionary<string, string?> _problems = new(
        options.Value.Servers.Keys.Select(name => KeyValuePair.Create(name, (string?)"has not answered yet"))
            .Concat(options.Value.Files.Count == 0 ? [] : [KeyValuePair.Create(Files, (string?)"are being fetched")]));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = _problems.Where(server => server.Value is not null).Select(server => $"{server.Key} {server.Value}").Order().ToList();
        return Task.FromResult(waiting.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"Model servers that are not ready: {string.Join("; ", waiting)}."));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        options.Value.Servers.Select(server => WatchAsync(server.Key, server.Value, stoppingToken)).Append(FetchAsync(stoppingToken)));

    private async Task FetchAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Files.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            try
            {
                var files = new ModelFiles(services.GetService<ObjectStore>() ?? throw new InvalidDataException("Model files need ConnectionStrings:blobs."));
                foreach (var (name, checksum) in options.Value.Files)
                {
                    await files.FetchAsync(new(name, checksum), options.Value.Folder, stoppingToken);
                }

                Log.Changed(logger, Files, "ready");
                _problems[Files] = null;
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException or RequestFailedException or OperationCanceledException)
            {
                // What is loaded stays; the next time goes on from there.
                Log.Changed(logger, Files, failure.Message);
                _problems[Files] = failure is InvalidDataException ? failure.Message : "could not be fetched";
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private async Task WatchAsync(string name, ModelServerSettings server, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            string? problem = null;
            try
            {
                await LookAsync(name, server, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (ProviderException failure)
            {
                problem = failure.Message;
            }

            if (_problems[name] != problem)
            {
                Log.Changed(logger, name, problem ?? "ready");
                _problems[name] = problem;
                InferenceTelemetry.Serves(name, problem is null);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task LookAsync(string name, ModelServerSettings server, CancellationToken cancellationToken)
    {
        var endpoint = new OpenAiEndpoint($"The model server '{name}'", server.BaseUrl!);
        using (var list = endpoint.Get($"models/{server.Model}"))
        using (await http.SendAsync(list, endpoint.Who, options.Value.Timeout, cancellationToken))
        {
        }

        if (_problems[name] is null || server.WarmUp == ModelWarmUp.None)
        {
            return;
        }

        using var warmUp = server.WarmUp == ModelWarmUp.Chat ? Chat(endpoint, server.Model!) : Transcription(endpoint, server.Model!);
        using var answer = await http.SendAsync(warmUp, endpoint.Who, options.Value.Timeout, cancellationToken);
        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static HttpRequestMessage Chat(OpenAiEndpoint endpoint, string model) => endpoint.Post(
        "chat/completions", model, JsonContent.Create(new { model, max_tokens = 1, messages = new[] { new { role = "user", content = "Hello" } } }));

    private static HttpRequestMessage Transcription(OpenAiEndpoint endpoint, string model)
    {
        var sound = new ByteArrayContent(WavWriter.Write(new byte[2 * SilenceRate], SilenceRate));
        sound.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        return endpoint.Post("audio/transcriptions", model, new MultipartFormDataContent { { sound, "file", "silence.wav" }, { new StringContent(model), "model" } });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Model server {Server}: {State}")]
        public static partial void Changed(ILogger logger, string server, string state);
    }
}
