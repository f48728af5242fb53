using System.Text.Json;
using Voice.Inference.Webhooks;

namespace Voice.Inference.Tests.Jobs;

public sealed class WebhookTests(TranscriptionJobService service) : IClassFixture<TranscriptionJobService>
{
    private const string Secret = "whsec_dm93YWJsZS1kZW1vLXNlY3JldC0zMi1ieXRlcy1vayE=";

    [Fact]
    public void A_signature_is_the_one_of_the_vector()
    {
        Assert.True(WebhookSecret.TryParse(Secret, out var key));
        Assert.Equal("v1,SLMUrEJAduh8Ub9s6gmpwydub8SthARuFczJLF/s0cs=", WebhookSignature.Of("msg_1", 1_700_000_000, """{"type":"call.ended"}""", key));
        Assert.False(WebhookSecret.TryParse("whsec_c2hvcnQ=", out _));
        Assert.False(WebhookSecret.TryParse("dm93YWJsZS1kZW1vLXNlY3JldC0zMi1ieXRlcy1vayE=", out _));
        Assert.True(WebhookSecret.TryParse(WebhookSecret.New(), out var made) && made.Length == 32);
    }

    /// <summary>Refused, redirected, then taken: the same id each time, and the official library believes each.</summary>
    [Fact]
    public async Task The_end_of_a_job_is_told_until_it_is_heard_and_the_official_library_verifies_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync(503, 302);
        using var client = service.CreateClient();
        var id = await service.CreateAsync(client, LongRecording.Wav(new short[16_000]), new { webhook = new { url = receiver.Address, secret = Secret } });
        service.Engine.Let(10);
        await Deadline.Until(async () => await service.Database.ScalarAsync<string>($"select state from inference.webhook_deliveries where url = '{receiver.Address}'") == "delivered");

        var received = receiver.Received.ToList();
        Assert.Equal(3, received.Count);
        Assert.Single(received.Select(one => one.Headers["webhook-id"]).Distinct());
        foreach (var (body, headers) in received)
        {
            var (verified, _) = await new OfficialClient("webhooks.mjs", "verify", new Uri("http://localhost"), "")
                .With("VOICE_SECRET", Secret).With("VOICE_BODY", body).With("VOICE_HEADERS", JsonSerializer.Serialize(headers)).RunAsync();
            Assert.Equal(("transcription_job.completed", id), (verified.GetProperty("type").GetString(), verified.GetProperty("data").GetProperty("id").GetString()));
        }
    }

    [Fact]
    public async Task A_receiver_that_says_that_it_is_gone_is_left_alone()
    {
        await using var receiver = await WebhookReceiver.StartAsync(410);
        using var client = service.CreateClient();
        await service.CreateAsync(client, LongRecording.Wav(new short[16_000]), new { webhook = new { url = receiver.Address } });
        service.Engine.Let(10);
        await Deadline.Until(async () => await service.Database.ScalarAsync<string>($"select state from inference.webhook_deliveries where url = '{receiver.Address}'") == "gone");
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Nobody_is_called_inside_our_network()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var own = await TranscriptionJobService.StartAsync(("Webhooks:AllowPrivateAddresses", "false"), ("Webhooks:Ports:0", new Uri(receiver.Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        using var client = own.CreateClient();
        await own.CreateAsync(client, LongRecording.Wav(new short[16_000]), new { webhook = new { url = receiver.Address } });
        own.Engine.Let(10);
        await Deadline.Until(async () => await own.Database.ScalarAsync<string>("select last_error from inference.webhook_deliveries") == "The address is not a public one.");
        Assert.Empty(receiver.Received);
    }
}
