using Voice.Bench.Load;
using Voice.Bench.Running;

if (args is [BareEcho.Argument])
{
    await BareEcho.RunAsync();
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The benchmark ends the processes it started, then this one ends.
    e.Cancel = true;
    stop.Cancel();
};

return await BenchRunner.RunAsync(args, stop.Token);
