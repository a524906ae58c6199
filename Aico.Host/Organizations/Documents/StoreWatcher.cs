using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Documents;

/// <summary>
/// Sees what other processes change in the store, such as a command on this machine, within a second. Started by whoever serves, stopped
/// by its disposal; while the store cannot be read it tries on.
/// </summary>
internal sealed partial class StoreWatcher : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly IStore _store;
    private readonly StoredOrganizations _stored;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private StoreWatcher(IStore store, StoredOrganizations stored, long revision, TimeProvider time, ILogger logger)
    {
        (_store, _stored, _time, _logger) = (store, stored, time, logger);
        _watching = WatchAsync(revision, _stop.Token);
    }

    public static async Task<StoreWatcher> StartAsync(IStore store, StoredOrganizations stored, TimeProvider time, ILogger logger, CancellationToken ct) =>
        new(store, stored, await store.RevisionAsync(ct), time, logger);

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        try
        {
            await _watching;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _stop.Dispose();
    }

    private async Task WatchAsync(long revision, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period, _time);
        var isReadable = true;
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                revision = await CatchUpAsync(revision, ct);
                isReadable = true;
            }
            catch (StoreUnavailableException e)
            {
                if (isReadable)
                {
                    LogUnreadable(e.Message);
                }

                isReadable = false;
            }
        }
    }

    private async ValueTask<long> CatchUpAsync(long revision, CancellationToken ct)
    {
        const int Most = 500;
        while (await _store.RevisionAsync(ct) > revision)
        {
            var changes = await _store.ChangesSinceAsync(revision, Most, ct);
            foreach (var change in changes)
            {
                _stored.HasChanged(change.Id);
            }

            if (changes.Count == 0)
            {
                return await _store.RevisionAsync(ct);
            }

            revision = changes.Max(change => change.Revision);
        }

        return revision;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be read, what is known stays in use: {Reason}")]
    private partial void LogUnreadable(string reason);
}
