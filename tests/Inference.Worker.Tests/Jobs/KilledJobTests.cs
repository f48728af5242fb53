using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.Inference.Tests.Jobs;

/// <summary>Three workers, one of them killed in the middle: nothing that was finished is lost or done again, and what it had others do.</summary>
public sealed class KilledJobTests : IAsyncLifetime
{
    private const int Sentences = 14;

    private TestDatabase _database = null!;
    private FakeEngine _engine = null!;
    private readonly List<WorkerProcess> _workers = [];

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _engine = await FakeEngine.StartAsync();
        (string, string?)[] settings =
        [
            ("Engines:Transcription:Engine", "openai"), ("Engines:Transcription:BaseUrl", new Uri(_engine.Address, "v1").ToString()), ("Engines:Transcription:Model", "fake"),
            ("TranscriptionJobs:PartLength", "00:00:02"), ("TranscriptionJobs:LongestPart", "00:00:10"), ("TranscriptionJobs:PartsAtOnce", "2"),
        ];
        // The first makes the tables; the others come when it has.
        _workers.Add(await WorkerProcess.StartAsync(_database, settings));
        _workers.AddRange(await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => WorkerProcess.StartAsync(_database, settings))));
        await PublishedUsage.KeepAsync(_database);
    }

    public async Task DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_that_is_killed_costs_no_part_that_was_finished_and_none_is_done_twice()
    {
        var (victim, client) = (_workers[0], _workers[1].Client);
        var recording = await LongRecording.OfAsync(Sentences);
        var upload = await victim.Client.UploadAsync(LongRecording.Wav(recording));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/transcription-jobs") { Content = JsonContent.Create(new { source = new { upload_id = upload } }) };
        // As the gateway says that it is to be counted.
        request.Headers.Add("X-Voice-Reserved", "1");
        using var created = await victim.Client.SendAsync(request).OrTimeout();
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        // Some parts are finished; then every worker has two in its hands, and one of the workers dies.
        _engine.Let(4);
        await Deadline.Until(async () => (await ReadAsync(client, id)).GetProperty("parts").GetProperty("done").GetInt32() == 4);
        await Deadline.Until(() => Task.FromResult(_engine.Held == 6));
        var finished = _engine.Answered.Keys.ToList();
        await victim.KillAsync();
        await Deadline.Until(() => Task.FromResult(_engine.Held == 4));
        _engine.Let(100);
        await Deadline.Until(async () => (await ReadAsync(client, id)).GetProperty("state").GetString() == "completed");

        var parts = await PartsAsync(id);
        var names = parts.ConvertAll(part => FakeEngine.NameOf(recording.AsSpan((int)part.First, part.Samples)));
        Assert.True(parts.Count >= Sentences - 2, $"{parts.Count} parts");
        // Each part's answer was sent once: those that were finished when the worker died, and those that were not.
        Assert.Equal(names.Order(), _engine.Answered.Keys.Order());
        Assert.All(_engine.Answered, answered => Assert.Equal(1, answered.Value));
        Assert.All(parts.Where((_, index) => finished.Contains(names[index])), part => Assert.Equal(1, part.Attempts));
        // The two that it had in its hands. A worker that lives may lose a lease too, where the machine is slow: that part is tried again, and still answered once.
        Assert.True(parts.Count(part => part.Attempts > 1) >= 2);

        // And what comes of it is the whole, in order, counted once.
        Assert.Equal(string.Join(' ', names.Select(name => $"part {name}")) + "\n", await client.GetStringAsync($"/api/v1/transcription-jobs/{id}/result?format=text").OrTimeout());
        var seconds = ((decimal)recording.Length / 16_000).ToString("0.###", CultureInfo.InvariantCulture);
        Assert.Equal([$"org_a user_org_a audio_seconds {seconds} 1"], await PublishedUsage.ReadAsync(_database));
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, string id) => await client.GetFromJsonAsync<JsonElement>($"/api/v1/transcription-jobs/{id}").OrTimeout();

    private async Task<List<(long First, int Samples, int Attempts)>> PartsAsync(string id)
    {
        await using var command = _database.DataSource.CreateCommand($"select first_sample, samples, attempts from inference.transcription_parts where job_id = '{id}' order by number");
        await using var reader = await command.ExecuteReaderAsync();
        List<(long, int, int)> parts = [];
        while (await reader.ReadAsync())
        {
            parts.Add((reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2)));
        }

        return parts;
    }
}
