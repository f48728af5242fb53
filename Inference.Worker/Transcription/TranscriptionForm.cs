using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Transcription;

/// <summary>The multipart form of a transcription request, checked.</summary>
internal sealed record TranscriptionForm(
    IFormFile File,
    string? Model,
    string Language,
    string? Prompt,
    TranscriptionFormat Format,
    bool Stream,
    bool WordTimes)
{
    private const int MaxValue = 64 * 1024;

    public static async Task<(TranscriptionForm? Form, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest http, int maxFile, CancellationToken cancellationToken)
    {
        if (!http.HasFormContentType)
        {
            return Refuse("invalid_content_type", "Send multipart/form-data with a 'file' part.", "file");
        }

        http.HttpContext.Features.Set<IFormFeature>(new FormFeature(http, new FormOptions
        {
            MultipartBodyLengthLimit = maxFile,
            ValueLengthLimit = MaxValue,
            ValueCountLimit = 64,
            MultipartHeadersLengthLimit = 8 * 1024,
        }));
        IFormCollection form;
        try
        {
            form = await http.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException failure)
        {
            return failure.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
                ? (null, ApiError.Result(StatusCodes.Status413PayloadTooLarge, "payload_too_large", $"The file is larger than {maxFile / (1024 * 1024)} MB, or a field is too long.", "file"))
                : Refuse("invalid_form", "The multipart form is damaged.", null);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            return Refuse("invalid_form", "The multipart form ends too early.", null);
        }

        return Check(form);
    }

    private static (TranscriptionForm?, ProblemHttpResult?) Check(IFormCollection form)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return Refuse("missing_file", "The form needs a 'file' part with the audio.", "file");
        }

        if (!TryFormat(form["response_format"], out var format))
        {
            return Refuse("invalid_value", "'response_format' must be json, text, verbose_json, srt or vtt.", "response_format");
        }

        var language = form["language"].ToString();
        if (language.Length > 35)
        {
            return Refuse("invalid_value", "'language' must be a language tag such as en.", "language");
        }

        var granularities = form["timestamp_granularities[]"];
        if (granularities.Any(g => g is not ("word" or "segment")))
        {
            return Refuse("invalid_value", "'timestamp_granularities[]' must be word or segment.", "timestamp_granularities[]");
        }

        return (new TranscriptionForm(
            file,
            form["model"],
            language.Length == 0 ? "en" : language,
            form["prompt"] is { Count: > 0 } prompt ? prompt.ToString() : null,
            format,
            string.Equals(form["stream"], "true", StringComparison.OrdinalIgnoreCase),
            granularities.Contains("word")), null);
    }

    private static bool TryFormat(string? name, out TranscriptionFormat format)
    {
        (var known, format) = name switch
        {
            null or "" or "json" => (true, TranscriptionFormat.Json),
            "text" => (true, TranscriptionFormat.Text),
            "verbose_json" => (true, TranscriptionFormat.VerboseJson),
            "srt" => (true, TranscriptionFormat.Srt),
            "vtt" => (true, TranscriptionFormat.Vtt),
            _ => (false, TranscriptionFormat.Json),
        };
        return known;
    }

    private static (TranscriptionForm?, ProblemHttpResult?) Refuse(string code, string message, string? param) =>
        (null, ApiError.Result(StatusCodes.Status400BadRequest, code, message, param));
}
