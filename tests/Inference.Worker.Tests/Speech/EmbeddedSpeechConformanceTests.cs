using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Speech;

namespace Voice.Inference.Tests.Speech;

/// <summary>What every adapter of a speech service does, of the engines that come with the program.</summary>
[Collection(InferenceCollection.Name)]
public sealed class EmbeddedSpeechConformanceTests(InferenceService service)
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("This is a very long text about nothing. ", 100));

    [Theory]
    [InlineData("flite")]
    [InlineData("espeak-ng")]
    [InlineData("embedded")]
    public async Task Audio_comes_in_blocks_of_whole_samples_that_stay_as_they_are(string name)
    {
        var blocks = new List<(ReadOnlyMemory<byte> Block, byte[] Copy)>();
        await foreach (var block in Synthesizer(name).SynthesizeAsync(new SpeechRequest("The doctor will see you now. Please come in.", "en-US"), CancellationToken.None))
        {
            blocks.Add((block, block.ToArray()));
        }

        Assert.True(blocks.Count > 1, "it came as a whole");
        Assert.All(blocks, block => Assert.Equal(0, block.Block.Length % 2));
        Assert.All(blocks, block => Assert.Equal(block.Copy, block.Block.ToArray()));
        Assert.InRange(Pcm16.Duration(blocks.Sum(block => block.Block.Length), ISpeechSynthesizer.SampleRate).TotalSeconds, 1, 10);
    }

    [Theory]
    [InlineData("flite")]
    [InlineData("espeak-ng")]
    [InlineData("embedded")]
    public async Task Who_cancels_is_let_go_and_the_place_is_free(string name)
    {
        using var cancel = new CancellationTokenSource();
        await using (var blocks = Synthesizer(name).SynthesizeAsync(new SpeechRequest(Long, "en"), cancel.Token).GetAsyncEnumerator(cancel.Token))
        {
            Assert.True(await blocks.MoveNextAsync().AsTask().OrTimeout());
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await blocks.MoveNextAsync().AsTask().OrTimeout())
                {
                    // What was made before is still handed out.
                }
            });
        }

        await Deadline.Until(() => Task.FromResult(service.Get<SpeakerPool>().InUse == 0));
        Assert.NotEmpty(await Synthesizer(name).SynthesizeAsync(new SpeechRequest("Yes.", "en"), CancellationToken.None).ToListAsync().AsTask().OrTimeout());
    }

    [Theory]
    [InlineData("flite")]
    [InlineData("espeak-ng")]
    [InlineData("embedded")]
    public async Task What_it_says_of_itself_is_so(string name)
    {
        var provider = service.Get<EmbeddedProviders>().Create().Single(known => known.Name == name);
        var capability = provider.Capabilities.Single();
        Assert.Equal("unsupported_value", await CodeAsync(name, new SpeechRequest("Hi.", "en") { Instructions = "calm" }));
        Assert.False(capability.Instructions);
        Assert.Equal(capability.Ssml ? null : "unsupported_value", await CodeAsync(name, new SpeechRequest("<speak>Hi.</speak>", "en") { IsSsml = true }));
        Assert.Equal("unsupported_language", await CodeAsync(name, new SpeechRequest("Hi.", "tlh")));
        Assert.NotEmpty(capability.Voices);
        foreach (var voice in capability.Voices.Take(5))
        {
            Assert.Null(await CodeAsync(name, new SpeechRequest("1", voice.Languages[0], Voice: voice.Id)));
        }
    }

    private ISpeechSynthesizer Synthesizer(string name) => name switch
    {
        "flite" => service.Get<FliteSynthesizer>(),
        "espeak-ng" => service.Get<EspeakSynthesizer>(),
        _ => service.Get<EmbeddedSynthesizer>(),
    };

    private async Task<string?> CodeAsync(string name, SpeechRequest request)
    {
        try
        {
            Assert.NotEmpty(await Synthesizer(name).SynthesizeAsync(request, CancellationToken.None).ToListAsync().AsTask().OrTimeout());
            return null;
        }
        catch (ProviderException failure)
        {
            return failure.Code;
        }
    }
}
