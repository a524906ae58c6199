using System.Diagnostics;
using Aico.Testing;

namespace Aico.Host.Tests.Storage.Sqlite;

/// <summary>A program of its own that writes to a store and says what was acknowledged, until it is killed.</summary>
internal sealed class StoreWriterProcess : IDisposable
{
    private static readonly string _configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly Process _process;

    private StoreWriterProcess(Process process) => _process = process;

    /// <summary>Starts the program; it waits for <see cref="Begin"/>.</summary>
    public static StoreWriterProcess Start(string database, string organization)
    {
        var name = OperatingSystem.IsWindows() ? "Fixtures.StoreWriter.exe" : "Fixtures.StoreWriter";
        var path = Path.Combine(TestPaths.Repository, "artifacts", "bin", "Fixtures.StoreWriter", _configuration, name);
        return new StoreWriterProcess(Process.Start(new ProcessStartInfo(path, [database, organization])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>The next write that was acknowledged; null where the program has ended.</summary>
    public async Task<(string Provider, long Revision)?> AcknowledgedAsync(CancellationToken ct)
    {
        // A line that the kill has cut off says nothing: only whole ones end with a line break, and those are short enough to come in one piece.
        var line = await _process.StandardOutput.ReadLineAsync(ct);
        return line?.Split(' ') is [var provider, var revision] ? (provider, long.Parse(revision, provider: null)) : null;
    }

    /// <summary>SIGKILL, wherever it is.</summary>
    public void Kill() => _process.Kill();

    public async Task EndedAsync(CancellationToken ct) => await _process.WaitForExitAsync(ct);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
