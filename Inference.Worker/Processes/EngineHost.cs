using Voice.Inference.Decoding;
using Voice.Inference.Speech;

namespace Voice.Inference.Processes;

/// <summary>What the program is when its first argument names an engine: a child of the worker around one native library.</summary>
internal static class EngineHost
{
    public static bool IsEngine(string[] args) => args is ["decoder" or "flite", ..];

    public static int Run(string[] args)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var pipe = new EnginePipe(input, output);
        try
        {
            switch (args)
            {
                case ["decoder", var modelFolder, ..]:
                    new DecoderHost(pipe, modelFolder).Serve();
                    return 0;
                case ["flite", ..]:
                    new FliteHost(pipe).Serve();
                    return 0;
                default:
                    Console.Error.WriteLine("Started without the arguments of an engine.");
                    return 2;
            }
        }
        catch (IOException)
        {
            return 0; // the worker is gone
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or DllNotFoundException or EntryPointNotFoundException or InvalidDataException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
