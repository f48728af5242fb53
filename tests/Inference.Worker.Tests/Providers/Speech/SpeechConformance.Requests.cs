using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>What the service is asked.</summary>
public abstract partial class SpeechConformance
{
    [Fact]
    public async Task Many_at_once_hear_what_each_of_them_asked_for()
    {
        _script.Play = async line =>
        {
            foreach (var part in Pcm(line.Text.Length, 9_600).Chunk(961))
            {
                await line.AudioAsync(part);
                await Task.Yield();
            }

            await line.EndAsync();
        };

        var all = await Task.WhenAll(Enumerable.Range(1, 20).Select(async i => (i, await Speak(new SpeechRequest(new string('a', i), "en-US")).ToListAsync()))).OrTimeout();
        Assert.All(all, heard => Assert.Equal(Pcm(heard.i, 9_600), heard.Item2.SelectMany(block => block.ToArray())));
        await AllGoneAsync();
    }

    [Fact]
    public async Task A_long_text_arrives_whole_whatever_is_in_it()
    {
        const string odd = "Größe <b> & \"x\" 'y' \\ 漢字 🙂 \n{}[]]]> ";
        var text = string.Concat(Enumerable.Repeat(odd, 4_096 / odd.Length)).TrimEnd();
        var heard = new ConcurrentQueue<string>();
        _script.Play = line =>
        {
            heard.Enqueue(line.Text);
            return line.EndAsync();
        };
        await Speak(new SpeechRequest(text, "en-US")).ToListAsync().AsTask().OrTimeout();

        Assert.Equal(text, string.Concat(heard));
    }

    [Fact]
    public async Task Markup_is_read_or_refused_and_never_spoken()
    {
        const string ssml = "<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en-US\">Hello <break time=\"500ms\"/> there</speak>";
        var request = new SpeechRequest(ssml, "en-US") { IsSsml = true };
        var capability = _provider.Capabilities.Single(capability => capability.Capability == Capability.Speech);
        Assert.Equal(Service.ReadsSsml, capability.Ssml);
        if (Service.ReadsSsml)
        {
            Assert.NotEmpty(await Speak(request).ToListAsync().AsTask().OrTimeout());
            Assert.Equal("provider_rejected", (await FailAsync(new SpeechRequest("<speak>no end", "en-US") { IsSsml = true })).Code);
            return;
        }

        Assert.Equal("unsupported_value", (await FailAsync(request)).Code);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Instructions_are_followed_or_refused_and_never_dropped()
    {
        var request = new SpeechRequest(Text, "en-US") { Instructions = "Speak like a pirate." };
        var capability = _provider.Capabilities.Single(capability => capability.Capability == Capability.Speech);
        Assert.Equal(Service.FollowsInstructions, capability.Instructions);
        if (Service.FollowsInstructions)
        {
            Assert.NotEmpty(await Speak(request).ToListAsync().AsTask().OrTimeout());
            Assert.Contains(_server.Requests, asked => asked.Text.Contains("Speak like a pirate.", StringComparison.Ordinal));
            return;
        }

        Assert.Equal("unsupported_value", (await FailAsync(request)).Code);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_language_that_it_does_not_speak_is_named()
    {
        if (Service.ForeignLanguage is not { } language)
        {
            return;
        }

        Assert.Equal("unsupported_language", (await FailAsync(new SpeechRequest(Text, language))).Code);
    }

    [Fact]
    public async Task A_voice_that_leads_elsewhere_reaches_no_other_address()
    {
        var voice = "../../v1/user?x=";
        try
        {
            await Speak(new SpeechRequest(Text, "en-US", Voice: voice)).ToListAsync().AsTask().OrTimeout();
        }
        catch (ProviderException failure)
        {
            Assert.Contains(failure.Code, (string[])["unsupported_value", "provider_rejected"]);
        }

        Assert.DoesNotContain(_server.Requests, request => request.Target.Contains("v1/user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_voices_are_what_the_service_lists()
    {
        if (Service.Voices is not { } list)
        {
            Assert.Null(_provider.Voices);
            return;
        }

        _server.Answer = context => context.Request.Path == list.Path && context.Request.Method == HttpMethods.Get
            ? context.Response.WriteAsync(list.Body, context.RequestAborted)
            : Status(context, StatusCodes.Status404NotFound);
        var voices = await _provider.VoicesAsync(CancellationToken.None).AsTask().OrTimeout();

        Assert.Equal(["v-one", "v-two"], voices.Select(voice => voice.Id));
        Assert.Equal(["en-US"], voices[0].Languages);
        Assert.Equal("female", voices[0].Gender);
        Assert.All(voices, voice => Assert.NotEmpty(voice.Languages));
    }

    [Theory]
    [InlineData("[1,2")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"voices\":3,\"data\":{\"a\":1}}")]
    [InlineData("{\"voices\":[null,3,\"x\",{}],\"data\":[null,[]]}")]
    public async Task A_voice_list_that_makes_no_sense_is_empty(string body)
    {
        if (Service.Voices is null)
        {
            return;
        }

        _server.Answer = context => context.Response.WriteAsync(body, context.RequestAborted);
        var known = _provider.Capabilities.Single(capability => capability.Capability == Capability.Speech).Voices.Select(voice => voice.Id);

        Assert.Empty((await _provider.VoicesAsync(CancellationToken.None).AsTask().OrTimeout()).Select(voice => voice.Id).Except([.. known, "x"]));
    }

    [Fact]
    public async Task The_check_holds_with_a_right_key_and_fails_with_a_wrong_one()
    {
        _server.Answer = context => context.Response.WriteAsync(Service.CheckAnswer, context.RequestAborted);
        await _provider.CheckAsync(CancellationToken.None).OrTimeout();

        _server.Answer = context => Status(context, StatusCodes.Status401Unauthorized);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => _provider.CheckAsync(CancellationToken.None)).OrTimeout();
        Assert.Equal("provider_unavailable", failure.Code);
        Assert.DoesNotContain(ISpeechService.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_lack_everything_are_refused_by_name()
    {
        var kind = Service.Kind(new ProviderHttp(_clients, _time), _time);

        Assert.All(kind.Check(new ProviderSettings { Kind = kind.Name, BaseUrl = new Uri("ftp://files.example") }).ToList(), problem => Assert.Contains("Providers:<name>:", problem));
        Assert.NotEmpty(kind.Check(new ProviderSettings { Kind = kind.Name, BaseUrl = new Uri("ftp://files.example") }));
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
