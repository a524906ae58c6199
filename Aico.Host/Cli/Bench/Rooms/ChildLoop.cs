using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>A child's side of <see cref="BenchChild"/>: answers each line with one until the input ends.</summary>
internal static class ChildLoop
{
    public static async Task<int> RunAsync(
        TextReader input, TextWriter output, Func<string, JsonObject, CancellationToken, Task<JsonObject>> answer, CancellationToken ct)
    {
        while (await input.ReadLineAsync(ct) is { } line)
        {
            var request = JsonNode.Parse(line)!.AsObject();
            JsonObject answered;
            try
            {
                answered = await answer(request["do"]!.GetValue<string>(), request, ct);
            }
            catch (Exception e) when (e is RoomException or ProviderException or CliException or TimeoutException)
            {
                answered = new JsonObject { ["error"] = e.Message };
            }

            await output.WriteLineAsync(answered.ToJsonString());
            await output.FlushAsync(ct);
        }

        return ExitCode.Ok;
    }

    /// <summary>Warnings, on standard error: standard output is for answers.</summary>
    public static ILoggerFactory Loggers() => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
