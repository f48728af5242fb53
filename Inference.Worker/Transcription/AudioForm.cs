using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Transcription;

/// <summary>The multipart form of a request with a recording: read within its limits, then asked field by field.</summary>
internal sealed class AudioForm
{
    /// <summary>OpenAI's own limit for a file.</summary>
    public const int MaxFile = 25 * 1024 * 1024;

    private const int MaxValue = 64 * 1024;

    private readonly IFormCollection _fields;

    private AudioForm(IFormCollection fields, IFormFile file) => (_fields, File) = (fields, file);

    public IFormFile File { get; }

    public static async Task<(AudioForm? Form, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        if (!http.HasFormContentType)
        {
            return Refuse("invalid_content_type", "Send multipart/form-data with a 'file' part.", "file");
        }

        http.HttpContext.Features.Set<IFormFeature>(new FormFeature(http, new FormOptions
        {
            MultipartBodyLengthLimit = MaxFile,
            ValueLengthLimit = MaxValue,
            ValueCountLimit = 256,
            MultipartHeadersLengthLimit = 8 * 1024,
        }));
        try
        {
            var form = await http.ReadFormAsync(cancellationToken);
            return form.Files.GetFile("file") is { Length: > 0 } file ? (new AudioForm(form, file), null) : Refuse("missing_file", "The form needs a 'file' part with the audio.", "file");
        }
        catch (InvalidDataException failure)
        {
            return failure.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
                ? (null, ApiError.Result(
                    StatusCodes.Status413PayloadTooLarge, "payload_too_large", $"The file is larger than {MaxFile / (1024 * 1024)} MB, or a field is too long. Longer recordings are transcribed as jobs.", "file"))
                : Refuse("invalid_form", "The multipart form is damaged.", null);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            return Refuse("invalid_form", "The multipart form ends too early.", null);
        }
    }

    /// <summary>Null where it is missing or empty.</summary>
    public string? Value(string name) => _fields[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Of a field that is repeated: official clients write the name with brackets, curl often without.</summary>
    public string[] Values(string name) => [.. _fields[name + "[]"].Concat(_fields[name]).OfType<string>().Where(value => value.Length > 0)];

    public bool Has(string name) => _fields.ContainsKey(name) || _fields.ContainsKey(name + "[]");

    private static (AudioForm?, ProblemHttpResult?) Refuse(string code, string message, string? param) =>
        (null, ApiError.Result(StatusCodes.Status400BadRequest, code, message, param));
}
