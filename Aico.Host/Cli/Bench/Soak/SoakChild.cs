using System.Text.Json.Nodes;
using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>A child that many ask at once: it answers one after the other.</summary>
internal sealed class SoakChild(BenchChild child) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="CliException">It failed, or the process has ended.</exception>
    public async Task<JsonObject> AskAsync(string verb, JsonObject request, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await child.AskAsync(verb, request, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        _turn.Dispose();
    }
}
