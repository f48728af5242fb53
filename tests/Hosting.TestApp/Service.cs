using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Voice.Hosting.TestApp;

/// <summary>Answers /health, /environment, /die and /spawn; BEHAVIOUR makes it a bad one.</summary>
internal static class Service
{
    public static async Task<int> RunAsync()
    {
        var behaviour = Environment.GetEnvironmentVariable("BEHAVIOUR");
        Console.WriteLine("""{"level":"information","category":"Voice.Test","message":"begins"}""");
        if (behaviour == "dies-at-once")
        {
            Console.WriteLine("""{"level":"critical","category":"Voice.Test","message":"I cannot work like this"}""");
            return 3;
        }

        using var listener = new HttpListener();
        listener.Prefixes.Add(Environment.GetEnvironmentVariable("ASPNETCORE_URLS") + "/");
        listener.Start();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Console.WriteLine("asked to stop");
            if (behaviour != "ignores-sigterm")
            {
                Environment.Exit(0);
            }
        });
        while (true)
        {
            var request = await listener.GetContextAsync();
            var answer = request.Request.Url!.AbsolutePath switch
            {
                "/environment" => JsonSerializer.Serialize(Environment.GetEnvironmentVariables()),
                "/spawn" => Spawn(),
                "/die" => Die(),
                _ => $"{Environment.ProcessId}",
            };
            await using (var writer = new StreamWriter(request.Response.OutputStream))
            {
                await writer.WriteAsync(answer);
            }
        }
    }

    private static string Die()
    {
        Console.WriteLine("my last words");
        Environment.Exit(7);
        return "";
    }

    // In a session of its own, out of reach of whoever signals our group.
    private static string Spawn()
    {
        using var child = Process.Start("setsid", ["sleep", "1000"]);
        return $"{child.Id}";
    }
}
