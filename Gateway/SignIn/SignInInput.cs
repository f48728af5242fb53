using System.Text.Json;

namespace Voice.Gateway.SignIn;

/// <summary>Named texts, from a form or from JSON. What is no form and no JSON object has none.</summary>
internal sealed class SignInInput
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private SignInInput(bool byForm) => ByForm = byForm;

    public bool ByForm { get; }

    public string? ReturnUrl => _fields.GetValueOrDefault("return_url");

    public static async Task<SignInInput> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var input = new SignInInput(request.HasFormContentType);
        if (input.ByForm)
        {
            await input.ReadFormAsync(request, cancellationToken);
        }
        else if (request.HasJsonContentType())
        {
            await input.ReadJsonAsync(request, cancellationToken);
        }

        return input;
    }

    /// <summary>Null where it is absent, empty or too long.</summary>
    public string? Field(string name, int maxLength) =>
        _fields.GetValueOrDefault(name) is { Length: > 0 } value && value.Length <= maxLength ? value : null;

    private async Task ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (name, values) in await request.ReadFormAsync(cancellationToken))
            {
                _fields[name] = values.ToString();
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException))
        {
            // Too many fields, multipart without an end, or a form that ends before it begins.
            _fields.Clear();
        }
    }

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            foreach (var property in document.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String))
            {
                _fields[property.Name] = property.Value.GetString()!;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or strings that are no text: then nothing was sent.
            _fields.Clear();
        }
    }
}
