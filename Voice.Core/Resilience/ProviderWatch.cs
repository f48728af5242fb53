using Voice.Core.Conversations;

namespace Voice.Core.Resilience;

/// <summary>How one stage of one session fares, told to its client when that changes.</summary>
internal sealed class ProviderWatch(ProviderStage stage, IReadOnlyList<string?> models, Action<ConversationEvent.ProviderChanged> told)
{
    private readonly Lock _gate = new();

    /// <summary>Null: all is well. -1: nobody has answered since. Otherwise who answers in place of the first.</summary>
    private int? _answering;

    public void Failed(int rank, string code)
    {
        lock (_gate)
        {
            if (_answering is not null && _answering != rank)
            {
                return;
            }

            _answering = -1;
        }

        // Not under our lock: the conversation has one of its own.
        Tell(rank, "degraded", code);
    }

    public void Answered(int rank)
    {
        lock (_gate)
        {
            if (rank == 0 ? _answering is null : _answering == rank)
            {
                return;
            }

            _answering = rank == 0 ? null : rank;
        }

        Tell(rank, rank == 0 ? "recovered" : "fallback", null);
    }

    private void Tell(int rank, string state, string? code) =>
        told(new ConversationEvent.ProviderChanged(stage.Name(), models[rank] ?? ProviderResilience.DefaultModel, state, code));
}
