using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>Requests that are asked for in one round trip. Those of the same plan are one group: the first of them are let in, as far as it goes.</summary>
internal sealed class LimitBatch
{
    private readonly Dictionary<LimitPlan, Group> _groups = new(ReferenceEqualityComparer.Instance);
    private readonly List<Group> _order = [];

    public void Add(LimitPlan plan, TaskCompletionSource<Admission> waiter)
    {
        if (!_groups.TryGetValue(plan, out var group))
        {
            _groups[plan] = group = new Group(plan);
            _order.Add(group);
        }

        group.Waiters.Add(waiter);
    }

    public async Task AskAsync(IDatabase redis, TimeSpan patience, TimeProvider time)
    {
        var keys = new List<RedisKey>();
        var arguments = new List<RedisValue>();
        foreach (var group in _order)
        {
            keys.AddRange(group.Plan.Keys);
            arguments.Add(group.Waiters.Count);
            arguments.Add(group.Plan.Keys.Length);
            arguments.AddRange(group.Plan.Arguments);
        }

        var asked = redis.ScriptEvaluateAsync(LimitScript.Text, [.. keys], [.. arguments]);
        RedisResult[] answers;
        try
        {
            answers = (RedisResult[])(await asked.WaitAsync(patience, time))!;
        }
        catch (TimeoutException)
        {
            // It may be answered, or fail, long after nobody waits for it.
            _ = asked.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }

        for (var i = 0; i < _order.Count; i++)
        {
            var (plan, waiters, at) = (_order[i].Plan, _order[i].Waiters, i * LimitScript.AnswersPerGroup);
            var allowed = (int)answers[at];
            for (var n = 0; n < waiters.Count; n++)
            {
                waiters[n].TrySetResult(LimitScript.Read(plan, answers, at, n < allowed));
            }
        }
    }

    /// <summary>Answers everybody another way.</summary>
    public void Answer(Func<LimitPlan, Admission> decide)
    {
        foreach (var group in _order)
        {
            foreach (var waiter in group.Waiters)
            {
                waiter.TrySetResult(decide(group.Plan));
            }
        }
    }

    private sealed record Group(LimitPlan Plan)
    {
        public List<TaskCompletionSource<Admission>> Waiters { get; } = [];
    }
}
