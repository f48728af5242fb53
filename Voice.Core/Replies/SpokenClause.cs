using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Core.Replies;

/// <summary>One clause while it is being synthesised; its audio waits here until the clause before it is sent.</summary>
internal sealed class SpokenClause
{
    // 64 blocks, some seconds of speech; a synthesizer that is ahead by more waits. Nothing is lost.
    private readonly Channel<ReadOnlyMemory<byte>> _audio = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private SpokenClause(ReplyClause clause) => Clause = clause;

    public ReplyClause Clause { get; }

    /// <summary>Completes when all audio is in the channel; its failure also ends <see cref="Audio"/>.</summary>
    public Task Synthesis { get; private set; } = Task.CompletedTask;

    public IAsyncEnumerable<ReadOnlyMemory<byte>> Audio(CancellationToken cancellationToken) => _audio.Reader.EachAsync(cancellationToken);

    public static SpokenClause Start(ReplyClause of, SpeechRequest? request, ISpeechSynthesizer synthesizer, CancellationToken cancellationToken)
    {
        var clause = new SpokenClause(of);
        clause.Synthesis = clause.SynthesizeAsync(request, synthesizer, cancellationToken);
        return clause;
    }

    private async Task SynthesizeAsync(SpeechRequest? request, ISpeechSynthesizer synthesizer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            if (request is not null)
            {
                await foreach (var block in synthesizer.SynthesizeAsync(request, cancellationToken))
                {
                    await _audio.Writer.WriteAsync(block, cancellationToken);
                }
            }
        }
        catch (Exception exception)
        {
            // Carried to the reader of the audio, which is where the reply is decided about.
            failure = exception;
        }

        _audio.Writer.Complete(failure);
    }
}
