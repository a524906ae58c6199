using System.Threading.Channels;
using Aico.Host.Api.Sessions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Remote;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api.Backend;

/// <summary>
/// Sends sessions that have ended to the backend, which keeps them: this host has no store. They wait in memory while it is away; what cannot
/// be kept is counted and logged. Its disposal waits a little for what is still to be sent. No call waits for any of it.
/// </summary>
internal sealed partial class SessionSender : IAsyncDisposable
{
    /// <summary>Sessions that wait; beyond it the oldest are given up.</summary>
    public const int Capacity = 1_000;

    private readonly Channel<RoomCallInfo> _ended;
    private readonly CancellationTokenSource _stop = new();
    private readonly RoomCallRegistry _calls;
    private readonly BackendDelivery _backend;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _sending;
    private long _lost;

    /// <param name="calls">Tells of calls that end.</param>
    /// <param name="backend">Takes them; disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of what is lost.</param>
    public SessionSender(RoomCallRegistry calls, BackendDelivery backend, TimeProvider time, ILogger logger)
    {
        (_calls, _backend, _time, _logger) = (calls, backend, time, logger);
        _ended = Channel.CreateBounded<RoomCallInfo>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, call => Lose(call, "too many are waiting"));
        _sending = SendAllAsync(_stop.Token);
        calls.Ended += Keep;
    }

    /// <summary>Sessions that are kept nowhere.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public async ValueTask DisposeAsync()
    {
        _calls.Ended -= Keep;
        _ended.Writer.Complete();
        try
        {
            await _sending.WaitAsync(BackendDelivery.Farewell, _time);
        }
        catch (TimeoutException)
        {
            _stop.Cancel();
            await _sending;
        }

        while (_ended.Reader.TryRead(out var call))
        {
            Lose(call, "the host has stopped");
        }

        _stop.Dispose();
        _backend.Dispose();
    }

    // A call that never found its organization is nobody's.
    private void Keep(RoomCallInfo call)
    {
        if (call.OrganizationId.Length > 0)
        {
            _ended.Writer.TryWrite(call);
        }
    }

    private async Task SendAllAsync(CancellationToken ct)
    {
        try
        {
            while (await _ended.Reader.WaitToReadAsync(ct))
            {
                while (!ct.IsCancellationRequested && _ended.Reader.TryRead(out var call))
                {
                    await SendAsync(call, ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host ends; what still waits is counted by who ends it.
        }
    }

    private async Task SendAsync(RoomCallInfo call, CancellationToken ct)
    {
        var path = $"{BackendAddress.Organizations}/{Uri.EscapeDataString(call.OrganizationId)}/{BackendAddress.Sessions}/{Uri.EscapeDataString(call.Id)}";
        try
        {
            if (await _backend.PutAsync(path, SessionView.Full(call), call.OrganizationId, ct) is { } problem)
            {
                Lose(call, problem);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Lose(call, "the host has stopped");
            throw;
        }
    }

    private void Lose(RoomCallInfo call, string reason) => LogLost(call.Id, reason, Interlocked.Increment(ref _lost));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session {Session} is not kept: {Reason}; {Lost} since the start")]
    private partial void LogLost(string session, string reason, long lost);
}
