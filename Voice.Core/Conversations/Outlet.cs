namespace Voice.Core.Conversations;

/// <summary>
/// Where a reply leaves the engine. Closed while the turn is not known to be over, or while the user may be about to interrupt: the
/// reply goes on being made, and waits here. Under the conversation's gate, except waiting.
/// </summary>
internal sealed class Outlet
{
    // Waiters continue in their own context and never under the gate, which whoever opens holds.
    private TaskCompletionSource? _opening;

    public bool Closed => _opening is not null;

    public void Close() => _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        _opening?.TrySetResult();
        _opening = null;
    }

    /// <param name="gate">Taken to look, never held while waiting.</param>
    public async Task WaitUntilOpenAsync(Lock gate, CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource? opening;
            lock (gate)
            {
                opening = _opening;
            }

            if (opening is null)
            {
                return;
            }

            // Not Task.WaitAsync, which continues on the thread pool whatever context it is called in. All who wait belong to one reply
            // and are cancelled together.
            using var cancelled = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), opening);
            await opening.Task;
        }
    }
}
