using System.Net.Http.Json;
using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

internal sealed class InferenceTranslator(InferenceConnection inference) : ITranslator
{
    private static readonly Uri Path = new("/v1/translations", UriKind.Relative);

    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        using var silence = inference.LimitSilence(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = JsonContent.Create(new TranslationBody(null, text, from, to), ProviderJson.Default.TranslationBody),
        };
        using var response = await inference.SendAsync(request, silence);
        try
        {
            var answer = await response.Content.ReadFromJsonAsync(ProviderJson.Default.TranslationAnswer, silence.Token);
            return answer?.Text ?? throw new JsonException("The answer has no text.");
        }
        catch (Exception exception) when (ProviderFailures.Translate(exception, silence) is { } failure)
        {
            throw failure;
        }
    }
}
