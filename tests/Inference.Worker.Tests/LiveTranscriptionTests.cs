using System.Diagnostics;
using System.Text.Json.Nodes;
using Voice.Inference.Decoding;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class LiveTranscriptionTests(InferenceService service)
{
    private const string Sentence = "hello our clinic is open from eight to five";

    [Fact]
    public async Task Partials_come_while_speaking_and_the_final_after_the_commit()
    {
        var speech = await Spoken.ByFliteAsync(Sentence);
        await using var client = await service.ConnectAsync();
        Assert.Equal("transcription", (string)(await client.ReceiveAsync("session.created"))["session"]!["type"]!);
        await client.UpdateAsync();
        Assert.Equal(16_000, (int)(await client.ReceiveAsync("session.updated"))["session"]!["audio"]!["input"]!["format"]!["rate"]!);

        await client.SendAudioAsync(speech.ToPcm());
        await client.CommitAsync();
        var partials = new List<string>();
        var named = new List<int>();
        var committed = "";
        var final = await client.ReceiveTranscriptAsync(other =>
        {
            if ((string?)other["type"] == "voiceaspire.transcript.partial")
            {
                partials.Add((string)other["text"]!);
                named.Add((int)other["utterance"]!);
            }
            else if ((string?)other["type"] == "input_audio_buffer.committed")
            {
                committed = (string)other["item_id"]!;
            }
        });

        Assert.NotEmpty(partials);
        Assert.All(named, number => Assert.Equal(0, number));
        Assert.Equal(committed, (string)final["item_id"]!);
        Assert.Contains("clinic is open from eight to five", (string)final["transcript"]!);
        Assert.InRange((double)final["confidence"]!, 0.3, 1);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(24_000)]
    [InlineData(48_000)]
    public async Task Other_sample_rates_are_understood(int rate)
    {
        var speech = (await Spoken.ByFliteAsync(Sentence)).Resample(rate);
        await using var client = await OpenAsync(rate);

        await client.SendAudioAsync(speech.ToPcm());
        await client.CommitAsync();

        Assert.Contains("our clinic", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task Base64_appends_are_understood()
    {
        var pcm = (await Spoken.ByFliteAsync(Sentence)).ToPcm();
        await using var client = await OpenAsync();

        await client.SendAsync(new { type = "input_audio_buffer.append", audio = Convert.ToBase64String(pcm) });
        await client.CommitAsync();

        Assert.Contains("clinic", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task Partials_name_their_utterance_by_the_commits_and_clears_before_it_refused_ones_too()
    {
        var pcm = (await Spoken.ByFliteAsync(Sentence)).ToPcm();
        await using var client = await OpenAsync();
        await client.CommitAsync();
        await client.ReceiveAsync("error");
        await client.SendAudioAsync(pcm);
        await client.ReceiveAsync("voiceaspire.transcript.partial");
        await client.SendAsync(new { type = "input_audio_buffer.clear" });
        await client.ReceiveAsync("input_audio_buffer.cleared");
        await client.SendAudioAsync(pcm);
        await client.CommitAsync();
        var numbers = new List<int>();
        await client.ReceiveTranscriptAsync(other => numbers.AddRange((string?)other["type"] == "voiceaspire.transcript.partial" ? [(int)other["utterance"]!] : []));

        // What was cleared may have been on its way.
        Assert.Equal(2, numbers[^1]);
        Assert.Equal(numbers.Order(), numbers);
        Assert.All(numbers, number => Assert.InRange(number, 1, 2));
    }

    [Fact]
    public async Task What_is_cleared_is_not_transcribed()
    {
        var pcm = (await Spoken.ByFliteAsync(Sentence)).ToPcm();
        await using var client = await OpenAsync();

        await client.SendAudioAsync(pcm);
        await client.SendAsync(new { type = "input_audio_buffer.clear" });
        await client.ReceiveAsync("input_audio_buffer.cleared");
        await client.SendAudioAsync((await Spoken.ByFliteAsync("thank you very much", "slt")).ToPcm());
        await client.CommitAsync();

        var transcript = (string)(await client.ReceiveTranscriptAsync())["transcript"]!;
        Assert.DoesNotContain("clinic", transcript);
        Assert.Contains("very much", transcript);
    }

    [Fact]
    public async Task Commits_are_answered_in_order()
    {
        await using var client = await OpenAsync();
        foreach (var (text, voice) in new[] { ("good morning", "rms"), ("thank you very much", "slt") })
        {
            await client.SendAudioAsync((await Spoken.ByFliteAsync(text, voice)).ToPcm());
            await client.CommitAsync();
        }

        Assert.Contains("morning", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
        Assert.Contains("thank you", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task Clean_speech_is_surer_than_noise_and_silence_has_no_words()
    {
        await using var client = await OpenAsync();
        await client.SendAudioAsync((await Spoken.ByFliteAsync(Sentence)).ToPcm());
        await client.CommitAsync();
        var speech = await client.ReceiveTranscriptAsync();
        await client.SendAudioAsync(Spoken.Noise(2));
        await client.CommitAsync();
        var noise = await client.ReceiveTranscriptAsync();
        await client.SendAudioAsync(Spoken.Silence(1));
        await client.CommitAsync();
        var silence = await client.ReceiveTranscriptAsync();

        Assert.Equal("", (string)silence["transcript"]!);
        Assert.Equal("", (string)noise["transcript"]!);
        Assert.True((double)speech["confidence"]! > (double)noise["confidence"]!);
    }

    [Fact]
    public async Task A_decoder_killed_in_the_middle_of_an_utterance_costs_nothing_but_a_moment()
    {
        var pcm = (await Spoken.ByFliteAsync(Sentence)).ToPcm();
        var before = Decoders();
        await using var client = await OpenAsync();
        await client.SendAudioAsync(pcm.AsMemory(0, pcm.Length / 2));
        await client.ReceiveAsync("voiceaspire.transcript.partial");

        // Which of them serves this call is the pool's secret, so every one dies.
        foreach (var id in Decoders())
        {
            Process.GetProcessById(id).Kill();
        }

        await client.SendAudioAsync(pcm.AsMemory(pcm.Length / 2));
        await client.CommitAsync();

        Assert.NotEmpty(before);
        Assert.Contains("clinic is open from eight to five", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task One_call_too_many_is_refused_and_a_place_is_free_when_a_call_ends()
    {
        var clients = new List<LiveClient>();
        var pool = service.Get<DecoderPool>();
        await Deadline.Until(() => Task.FromResult(pool.InUse == 0));
        for (var i = 0; i < 3; i++)
        {
            clients.Add(await OpenAsync());
        }

        await using var refused = await service.ConnectAsync();
        await refused.UpdateAsync();
        var error = (await refused.ReceiveAsync("error"))["error"]!;
        Assert.Equal("rate_limit_exceeded", (string)error["code"]!);
        Assert.Contains("Try again in", (string)error["message"]!);

        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Deadline.Until(() => Task.FromResult(pool.InUse == 0));
        await refused.UpdateAsync();
        await refused.ReceiveAsync("session.updated");
    }

    [Theory]
    [InlineData("i want to end my life", "end my life")]
    [InlineData("i am going to kill myself", "kill myself")]
    [InlineData("i do not want to live anymore", "not want to live")]
    public async Task Words_that_must_not_be_missed_are_heard(string said, string heard)
    {
        await using var client = await OpenAsync();
        await client.SendAudioAsync((await Spoken.ByFliteAsync(said)).ToPcm());
        await client.CommitAsync();

        Assert.Contains(heard, (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task A_prompt_teaches_the_names_that_a_call_will_need()
    {
        const string Said = "is doctor okonkwo at the thornbury clinic";
        var pcm = (await Spoken.ByFliteAsync(Said, "slt")).ToPcm();
        await using var without = await OpenAsync();
        await without.SendAudioAsync(pcm);
        await without.CommitAsync();
        await using var with = await service.ConnectAsync();
        await with.UpdateAsync(prompt: "Our doctors are Doctor Okonkwo and Doctor Reyes.\nWelcome to the Thornbury clinic. Is Doctor Okonkwo at the Thornbury clinic today?");
        await with.ReceiveAsync("session.updated");
        await with.SendAudioAsync(pcm);
        await with.CommitAsync();

        Assert.DoesNotContain("okonkwo", (string)(await without.ReceiveTranscriptAsync())["transcript"]!);
        Assert.Contains("okonkwo", (string)(await with.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task Faults_of_the_client_are_errors_and_the_session_goes_on()
    {
        await using var client = await OpenAsync();
        var codes = new List<string>();
        async Task Expect(Task sent)
        {
            await sent;
            codes.Add((string)(await client.ReceiveAsync("error"))["error"]!["code"]!);
        }

        await Expect(client.SendTextAsync("not json"));
        await Expect(client.SendTextAsync("[1,2]"));
        await Expect(client.SendAsync(new { type = "make.tea", event_id = "event_1" }));
        await Expect(client.SendAsync(new { type = "input_audio_buffer.append", audio = "***" }));
        await Expect(client.SendAudioAsync(new byte[7]));
        await Expect(client.CommitAsync());
        await Expect(client.UpdateAsync(rate: 11_111));
        await Expect(client.UpdateAsync(model: "no-such-model"));
        await Expect(client.UpdateAsync(language: "ko"));

        Assert.Equal(
            ["invalid_json", "invalid_json", "unknown_event", "invalid_value", "invalid_audio", "input_audio_buffer_commit_empty", "invalid_value", "model_not_found", "unsupported_language"],
            codes);
        await client.SendAudioAsync((await Spoken.ByFliteAsync("thank you very much", "slt")).ToPcm());
        await client.CommitAsync();
        Assert.Contains("thank you", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task The_simulated_model_answers_with_its_sentence()
    {
        await using var client = await OpenAsync(model: "simulated");
        await client.SendAudioAsync(Spoken.Silence(1));
        await client.CommitAsync();

        Assert.Equal("this is a simulated transcript of what was said", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    private async Task<LiveClient> OpenAsync(int rate = 16_000, string? model = null)
    {
        var client = await service.ConnectAsync();
        await client.UpdateAsync(rate, model);
        await client.ReceiveAsync("session.updated");
        return client;
    }

    private static List<int> Decoders() =>
        [.. Process.GetProcesses().Where(p => IsChild(p.Id)).Select(p => p.Id)];

    // /proc/PID/cmdline: "dotnet\0exec\0...Inference.Worker.dll\0decoder\0..."; /proc/PID/stat has the parent: other test runs are not ours to kill.
    private static bool IsChild(int id)
    {
        try
        {
            var parent = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return parent == Environment.ProcessId.ToString() && File.ReadAllText($"/proc/{id}/cmdline").Contains("\0decoder\0");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
