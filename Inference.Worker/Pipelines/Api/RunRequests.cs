using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Pipelines.Api;

/// <summary>
/// The body that starts runs: JSON, or a form whose files are inputs of their names (<c>recording=@call.wav</c>) and whose part <c>inputs</c> is the JSON of the
/// others. In JSON audio is <c>{"upload": id}</c> or <c>{"file": id}</c> of another run.
/// </summary>
internal sealed class RunRequests(PipelineFiles files, ObjectStore objects, NpgsqlDataSource database)
{
    private const int MaxValue = 1024 * 1024;
    private const int MaxFiles = 500;

    public async Task<(RunBody? Body, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        try
        {
            if (http.HasFormContentType)
            {
                return await FormAsync(http, cancellationToken);
            }

            if (!http.HasJsonContentType())
            {
                return Refuse("invalid_content_type", "Send application/json, or multipart/form-data with files.", null);
            }

            using var document = await JsonDocument.ParseAsync(http.Body, cancellationToken: cancellationToken);
            var source = CheckedJson.Read(document.RootElement, "", out var problem);
            return problem is not null ? (null, PipelineAnswers.InvalidInputs(problem)) : source is JsonObject members ? (new RunBody(members, []), null) : Refuse("invalid_request", "The body is a JSON object.", null);
        }
        catch (JsonException exception)
        {
            return Refuse("invalid_request", $"The JSON cannot be read (line {exception.LineNumber.GetValueOrDefault() + 1}).", null);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
                ? (null, ApiError.Result(StatusCodes.Status413PayloadTooLarge, "payload_too_large", $"The files have more than {PipelineFiles.MaxFile / (1024 * 1024)} MB together, or a field is too long; upload them first."))
                : Refuse("invalid_form", "The multipart form is damaged.", null);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return Refuse("invalid_form", "The multipart form ends too early.", null);
        }
    }

    /// <summary>Looks the audio among the inputs up, and keeps what was uploaded: uploads expire.</summary>
    /// <param name="kept">Files of the form: they have no row yet.</param>
    /// <returns>Those that need a row, beside the ones that were kept.</returns>
    public async Task<(IReadOnlyList<PipelineFile> Files, PipelineProblem? Problem)> TakeAsync(
        string organizationId, PipelineDocument document, JsonObject inputs, IReadOnlyList<PipelineFile> kept, CancellationToken cancellationToken)
    {
        List<PipelineFile> made = [];
        foreach (var input in document.Inputs.Where(input => input.Type == InputTypes.Audio))
        {
            if (inputs[input.Name] is not JsonObject given)
            {
                continue;
            }

            var (file, isNew) = (Id(given, "upload"), Id(given, PipelineFile.Member)) switch
            {
                ({ } upload, _) => (await UploadAsync(organizationId, upload, cancellationToken), true),
                (_, { } id) when kept.FirstOrDefault(file => file.Id == id) is { } sent => (sent, false),
                (_, { } id) => (await files.FindAsync(organizationId, id, cancellationToken), false),
                _ => (null, false),
            };
            if (file is null)
            {
                return ([], new PipelineProblem(null, $"inputs.{input.Name}", "There is no such file, or its upload is not complete, or it is too large."));
            }

            inputs[input.Name] = file.AsValue();
            if (isNew)
            {
                made.Add(file);
            }
        }

        return (made, null);
    }

    public async Task<PipelineFile> KeepAsync(string organizationId, IFormFile part, CancellationToken cancellationToken)
    {
        var content = new byte[part.Length];
        await using (var stream = part.OpenReadStream())
        {
            await stream.ReadExactlyAsync(content, cancellationToken);
        }

        return await files.WriteAsync(organizationId, Name(part.FileName), "application/octet-stream", content, cancellationToken);
    }

    private static string? Id(JsonObject given, string member) => given[member]?.GetValueKind() == JsonValueKind.String ? given[member]!.GetValue<string>() : null;

    private static string Name(string? given)
    {
        var name = new string([.. Path.GetFileName(given ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return name.Length == 0 ? "audio" : name[..Math.Min(name.Length, 120)];
    }

    private static (RunBody?, ProblemHttpResult?) Refuse(string code, string message, string? param) => (null, ApiError.Result(StatusCodes.Status400BadRequest, code, message, param));

    private static async Task<(RunBody? Body, ProblemHttpResult? Refusal)> FormAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        http.HttpContext.Features.Set<IFormFeature>(new FormFeature(http, new FormOptions
        {
            MultipartBodyLengthLimit = PipelineFiles.MaxFile, ValueLengthLimit = MaxValue, ValueCountLimit = MaxFiles + 16, MultipartHeadersLengthLimit = 8 * 1024,
        }));
        var form = await http.ReadFormAsync(cancellationToken);
        if (form.Files.Count > MaxFiles)
        {
            return Refuse("invalid_form", $"A form has at most {MaxFiles} files.", null);
        }

        var members = new JsonObject();
        foreach (var (name, value) in form.Where(field => field.Key is "inputs" or "version" or "parallel" or "input"))
        {
            if (name == "input")
            {
                members[name] = value.ToString();
                continue;
            }

            using var document = JsonDocument.Parse(value.ToString());
            members[name] = CheckedJson.Read(document.RootElement, name, out var problem);
            if (problem is not null)
            {
                return (null, PipelineAnswers.InvalidInputs(problem));
            }
        }

        return (new RunBody(members, [.. form.Files.Where(file => file.Length > 0)]), null);
    }

    private async Task<PipelineFile?> UploadAsync(string organizationId, string upload, CancellationToken cancellationToken)
    {
        string blob, name, type;
        long length;
        await using (var command = database.CreateCommand(
            "select blob, length, coalesce(file_name, ''), coalesce(content_type, '') from inference.uploads where id = $1 and organization_id = $2 and completed_at is not null"))
        {
            command.Parameters.Add(new() { Value = upload });
            command.Parameters.Add(new() { Value = organizationId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            (blob, length, name, type) = (reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3));
        }

        return length is > 0 and <= PipelineFiles.MaxFile && await objects.ReadAsync(BlobContainers.Uploads, blob, 0, (int)length, cancellationToken) is { } content
            ? await files.WriteAsync(organizationId, Name(name), type.Length == 0 ? "application/octet-stream" : type, content, cancellationToken)
            : null;
    }
}

/// <param name="Members">The JSON, or the fields of the form that are JSON.</param>
internal sealed record RunBody(JsonObject Members, IReadOnlyList<IFormFile> Files);
