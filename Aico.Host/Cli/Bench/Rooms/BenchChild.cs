using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>
/// A process of this program that does a part of the bench: it answers each line of JSON with one. It ends when its input ends, so also
/// when this process is killed. Not safe for use from several threads.
/// </summary>
internal sealed class BenchChild : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _role;

    private BenchChild(Process process, string role) => (_process, _role) = (process, role);

    /// <param name="role">The hidden sub-command of <c>aico bench rooms</c>.</param>
    /// <param name="variables">Environment variables beside those of this process; secrets go this way, where no list of processes shows them.</param>
    public static BenchChild Start(string role, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.FileName = Environment.ProcessPath ?? throw new CliException("This process does not know its own program.", ExitCode.Failed);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (var argument in new[] { "bench", "rooms", role })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new BenchChild(Process.Start(start)!, role);
    }

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <exception cref="CliException">It failed, or the process has ended.</exception>
    public async Task<JsonObject> AskAsync(string verb, JsonObject? request, CancellationToken ct)
    {
        request ??= [];
        request["do"] = verb;
        try
        {
            await _process.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), ct);
            await _process.StandardInput.FlushAsync(ct);
        }
        catch (IOException)
        {
            // Its output says more: the answer that is read below is its end.
        }

        var line = await _process.StandardOutput.ReadLineAsync(ct)
            ?? throw new CliException($"The process of the {_role} ended unexpectedly.", ExitCode.Failed);
        var answer = JsonNode.Parse(line)!.AsObject();
        return answer["error"] is { } error ? throw new CliException($"{_role}: {error}", ExitCode.Failed) : answer;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(EndTimeout, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
