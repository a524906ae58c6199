using System.Threading.Channels;
using Aico.Host.Api;
using Aico.Host.Api.Sessions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>A database in a temporary folder that keeps every call that has ended, as a host's does. Disposal deletes it.</summary>
internal sealed class SoakStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    // Full: the oldest is given up, as by a host.
    private readonly Channel<RoomCallInfo> _ended = Channel.CreateBounded<RoomCallInfo>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly SqliteStore _store;
    private readonly Task _writing;

    private SoakStore(DirectoryInfo folder, SqliteStore store, RoomCallRegistry calls)
    {
        (_folder, _store) = (folder, store);
        _writing = WriteAsync();
        calls.Ended += call => _ended.Writer.TryWrite(call);
    }

    /// <summary>The database with its log.</summary>
    public long Bytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public static async Task<SoakStore> OpenAsync(RoomCallRegistry calls, TimeProvider time, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("aico-soak-");
        return new SoakStore(folder, await SqliteStore.OpenAsync(new DataFolder(folder.FullName).Database, time, NullLoggerFactory.Instance, ct), calls);
    }

    public async ValueTask DisposeAsync()
    {
        _ended.Writer.TryComplete();
        await _writing;
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WriteAsync()
    {
        while (await _ended.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_ended.Reader.TryRead(out var call))
            {
                await _store.SaveSessionAsync(
                    new SessionRow(
                        call.Id, call.OrganizationId, call.RoomName, call.Started, call.Ended,
                        SessionView.Summary(call).ToJsonString(ApiJson.Options), SessionView.Full(call).ToJsonString(ApiJson.Options)),
                    CancellationToken.None);
            }
        }
    }
}
