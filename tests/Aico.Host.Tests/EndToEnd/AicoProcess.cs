using System.Diagnostics;
using System.Text.Json.Nodes;
using Aico.Testing;

namespace Aico.Host.Tests.EndToEnd;

/// <summary>Runs the assembled program as its user would.</summary>
internal sealed record AicoProcess(int ExitCode, string Output, string Error)
{
    // Generous: the bound is for a program that hangs, not for one that is slow.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = BuiltHost.Folder;

    public JsonNode Json => JsonNode.Parse(Output) ?? throw new InvalidOperationException("It printed null.");

    /// <summary>How to start it: no provider and no server of the developer's own answers in a test.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> args)
    {
        var program = Path.Combine(Folder, OperatingSystem.IsWindows() ? "aico.exe" : "aico");
        File.Exists(program).Should().BeTrue("{0} is what ./build.sh assembles", program);
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        // The user's own database is nothing that a test may read or write.
        start.Environment["AICO_DATA_DIR"] = ProcessData.NewFolder();
        return start;
    }

    public static Task<AicoProcess> RunAsync(params string[] args) => RunWithAsync([], args);

    public static async Task<AicoProcess> RunWithAsync(Dictionary<string, string?> variables, params string[] args)
    {
        var start = Start(args);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = process.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"aico {string.Join(' ', args)} did not end within {Bound}.");
        }

        return new AicoProcess(process.ExitCode, await output, await error);
    }

    private static bool IsOurs(string name) =>
        new[] { "LLM_", "STT_", "TTS_", "LIVEKIT_", "AICO_", "PROVIDER_" }.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || name.EndsWith("_PROVIDER", StringComparison.Ordinal);
}
