using System.Threading.Channels;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Documents;
using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api.Sessions;

/// <summary>
/// Writes sessions that have ended into the store, so that they are there after the process. Started by whoever serves; its disposal writes
/// what is waiting. A session that the store does not take is logged, and stays readable for as long as the process remembers it.
/// </summary>
internal sealed partial class SessionKeeper : IAsyncDisposable
{
    // As many as a host can end at one time; if the store is stuck for longer, the oldest are given up.
    private const int Capacity = 1_000;

    private readonly Channel<RoomCallInfo> _ended;
    private readonly RoomCallRegistry _calls;
    private readonly IStore _store;
    private readonly SessionOwner _owner;
    private readonly ILogger _logger;
    private readonly Task _writing;

    public SessionKeeper(RoomCallRegistry calls, IStore store, SessionOwner owner, ILogger logger)
    {
        (_calls, _store, _owner, _logger) = (calls, store, owner, logger);
        _ended = Channel.CreateBounded<RoomCallInfo>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, call => LogLost(call.Id, "too many are waiting"));
        _writing = WriteAsync();
        calls.Ended += Keep;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Ended -= Keep;
        _ended.Writer.Complete();
        await _writing;
    }

    // A call that never found its organization is nobody's.
    private void Keep(RoomCallInfo call)
    {
        if (call.OrganizationId.Length > 0)
        {
            _ended.Writer.TryWrite(call);
        }
    }

    private async Task WriteAsync()
    {
        while (await _ended.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_ended.Reader.TryRead(out var call))
            {
                try
                {
                    if (!await IsWantedAsync(call))
                    {
                        LogLost(call.Id, "its organization is not there any more");
                        continue;
                    }

                    await _store.SaveSessionAsync(
                        new SessionRow(
                            call.Id,
                            call.OrganizationId,
                            call.RoomName,
                            call.Started,
                            call.Ended,
                            SessionView.Summary(call).ToJsonString(ApiJson.Options),
                            SessionView.Full(call).ToJsonString(ApiJson.Options)),
                        CancellationToken.None);
                }
                catch (StoreUnavailableException e)
                {
                    LogLost(call.Id, e.Message);
                }
            }
        }
    }

    // Where nobody can say, it is better kept.
    private async ValueTask<bool> IsWantedAsync(RoomCallInfo call)
    {
        try
        {
            return await _owner.HasAsync(call.OrganizationId, call.Started, call.ConfigurationVersion, CancellationToken.None);
        }
        catch (OrganizationSourceException)
        {
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The session {Session} is not kept: {Reason}")]
    private partial void LogLost(string session, string reason);
}
