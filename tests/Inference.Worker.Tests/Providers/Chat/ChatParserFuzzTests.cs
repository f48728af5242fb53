using System.Text;
using Voice.Core.Providers;
using Voice.Inference.Providers.AzureTranslator;
using Voice.Inference.Providers.OpenAi;

namespace Voice.Inference.Tests.Providers.Chat;

/// <summary>Whatever a server sends is an answer or a provider's failure, never another exception.</summary>
public sealed class ChatParserFuzzTests
{
    private const int Inputs = 20_000;

    [Fact]
    public async Task Broken_streams_of_chat_completions_are_answers_or_failures()
    {
        var script = new ChatCompletionsScript();
        byte[][] seeds =
        [
            .. new[] { (string[])[.. script.Words("We ", "open."), .. script.End()], script.Calls(), script.Thought(), [script.Overloaded] }
                .Select(frames => Encoding.UTF8.GetBytes(string.Concat(frames))),
        ];
        using var silence = new SilenceLimit(Timeout.InfiniteTimeSpan, TimeProvider.System, default);
        var answers = 0;
        for (var number = 0; number < Inputs; number++)
        {
            try
            {
                await foreach (var _ in OpenAiChatClient.Read(new MemoryStream(Mutations.Of(seeds, number)), "They", silence))
                {
                }

                answers++;
            }
            catch (ProviderException)
            {
                // As it should.
            }
            catch (Exception failure)
            {
                Assert.Fail($"Input {number}: {failure}");
            }
        }

        Assert.InRange(answers, Inputs / 20, Inputs * 19 / 20);
    }

    [Fact]
    public void Broken_translations_are_translations_or_failures()
    {
        byte[][] seeds = ["""[{"translations":[{"text":"¿Dónde le duele?","to":"es"}]}]"""u8.ToArray()];
        for (var number = 0; number < Inputs; number++)
        {
            try
            {
                AzureTranslator.Parse(Mutations.Of(seeds, number));
            }
            catch (ProviderException)
            {
                // As it should.
            }
            catch (Exception failure)
            {
                Assert.Fail($"Input {number}: {failure}");
            }
        }
    }
}
