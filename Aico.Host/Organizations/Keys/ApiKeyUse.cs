using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Keys;

/// <summary>
/// Notes when keys are used, and writes it to the store once a minute: a request costs no write. <see cref="Start"/> begins it,
/// <see cref="DisposeAsync"/> ends it after a last write; where the store cannot be written, the notes wait for the next minute.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing.")]
internal sealed partial class ApiKeyUse(IStore store, TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private Task _loop = Task.CompletedTask;

    public void Note(string keyId, DateTimeOffset at) => _used[keyId] = at;

    public void Start(ILogger logger) => _loop = LoopAsync(logger);

    /// <summary>Writes what was noted.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written, and waits for the next time.</exception>
    public async Task FlushAsync(CancellationToken ct)
    {
        var used = _used.ToArray();
        if (used.Length == 0)
        {
            return;
        }

        await store.TouchApiKeysAsync(used.ToDictionary(), ct);
        foreach (var written in used)
        {
            // Only with this value: it may have been used again meanwhile.
            _used.TryRemove(written);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _loop;
    }

    private async Task LoopAsync(ILogger logger)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryFlushAsync(logger);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await TryFlushAsync(logger);
        }
    }

    private async Task TryFlushAsync(ILogger logger)
    {
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException fault)
        {
            LogKept(logger, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When API keys were last used could not be written, and is tried again: {Reason}")]
    private static partial void LogKept(ILogger logger, string reason);
}
