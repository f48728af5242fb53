using System.Runtime.InteropServices;
using Aspire.Hosting.Running;
using Voice.Offline.Servers;

namespace Aspire.Hosting;

public class DistributedApplication
{
    private readonly DistributedApplicationBuilder _model;

    internal DistributedApplication(DistributedApplicationBuilder model) => _model = model;

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            var builder = new DistributedApplicationBuilder(args);
            return builder.ExecutionContext.IsRunMode
                ? builder
                : throw new DistributedApplicationException("Publishing needs Aspire itself: build with UseAspire=true in the environment (see README).");
        }
        catch (DistributedApplicationException e)
        {
            // Nothing has begun, so the message is all that matters.
            Fail(e);
            Environment.Exit(1);
            throw;
        }
    }

    public void Run() =>
#pragma warning disable RS0030 // The last line of the page; Aspire's own Run blocks as well.
        RunAsync().GetAwaiter().GetResult();
#pragma warning restore RS0030

    /// <summary>Until SIGINT, SIGTERM or SIGHUP; the exit code of the process says whether it ended well.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        using var hangUp = OnSignal(PosixSignal.SIGHUP, stop);
        try
        {
            using var runner = new Runner(_model, Console.Out);
            await runner.RunAsync(stop.Token);
        }
        catch (Exception e) when (e is DistributedApplicationException or ServerException)
        {
            Fail(e);
            Environment.ExitCode = 1;
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        // The runner ends by itself when everything that it started has.
        context.Cancel = true;
        stop.Cancel();
    });

    private static void Fail(Exception e) => Console.Error.WriteLine(ConsoleOutput.HasColours ? $"\e[31m{e.Message}\e[0m" : e.Message);
}
