using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Sessions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Remote;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api.Backend;

/// <summary>
/// Sends sessions that have ended to the backend, which keeps them: this host has no store. Started by whoever serves; a backend that is
/// away is tried again after pauses that grow, while sessions wait in memory; what cannot be kept is counted and logged. Its disposal waits
/// a little for what is still to be sent. No call waits for any of it.
/// </summary>
internal sealed partial class SessionSender : IAsyncDisposable
{
    /// <summary>Sessions that wait; beyond it the oldest are given up.</summary>
    public const int Capacity = 1_000;

    /// <summary>Answers with a fault of the backend's own after which a session is taken for the cause of it.</summary>
    private const int MostFaults = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Channel<RoomCallInfo> _ended;
    private readonly CancellationTokenSource _stop = new();
    private readonly RoomCallRegistry _calls;
    private readonly Uri _backend;
    private readonly Secret _key;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _sending;
    private long _lost;
    private bool _isAway;

    /// <param name="calls">Tells of calls that end.</param>
    /// <param name="backend">The host that keeps organizations.</param>
    /// <param name="key">Its internal key.</param>
    /// <param name="http">Connections; not disposed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of what is lost, and when the backend goes and comes.</param>
    public SessionSender(RoomCallRegistry calls, Uri backend, Secret key, HttpMessageHandler http, TimeProvider time, ILogger logger)
    {
        (_calls, _backend, _key, _time, _logger) = (calls, backend, key, time, logger);
        _http = new HttpMessageInvoker(http, disposeHandler: false);
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
            await _sending.WaitAsync(Farewell, _time);
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
        _http.Dispose();
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
        var (pause, faults) = (ShortestPause, 0);
        try
        {
            while (await TryAsync(call, ct) is var (problem, isFinal, isFault) && problem is not null)
            {
                faults += isFault ? 1 : 0;
                if (isFinal || faults == MostFaults)
                {
                    Lose(call, $"the backend {_backend.Authority} {problem}");
                    return;
                }

                if (!_isAway)
                {
                    LogAway(_backend.Authority, problem);
                }

                _isAway = true;
                // Many hosts that lost one backend do not come back at the same moment.
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _time, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Lose(call, "the host has stopped");
            throw;
        }

        if (_isAway)
        {
            LogBack(_backend.Authority);
        }

        _isAway = false;
    }

    // No problem: it is kept. Final: the same would be answered again. A fault is one of the backend's own.
    private async Task<(string? Problem, bool IsFinal, bool IsFault)> TryAsync(RoomCallInfo call, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var request = Request(call);
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NoContent => default,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ("does not take AICO_INTERNAL_API_KEY, which must be the same on both hosts", false, false),
                HttpStatusCode.NotFound => ($"knows no organization \"{call.OrganizationId}\", or keeps no sessions", true, false),
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                    ($"answered with status {(int)response.StatusCode}", false, false),
                >= HttpStatusCode.InternalServerError => ($"answered with status {(int)response.StatusCode}", false, true),
                var status => ($"refuses it with status {(int)status}", true, false),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ($"did not answer within {Patience.TotalSeconds:0} s", false, false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ($"cannot be reached: {e.Message}", false, false);
        }
    }

    private HttpRequestMessage Request(RoomCallInfo call)
    {
        var path = $"{BackendAddress.Organizations}/{Uri.EscapeDataString(call.OrganizationId)}/{BackendAddress.Sessions}/{Uri.EscapeDataString(call.Id)}";
        return new HttpRequestMessage(HttpMethod.Put, new Uri(_backend, path))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _key.Reveal()) },
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(SessionView.Full(call).ToJsonString(ApiJson.Options)))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }

    private void Lose(RoomCallInfo call, string reason) => LogLost(call.Id, reason, Interlocked.Increment(ref _lost));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session {Session} is not kept: {Reason}; {Lost} since the start")]
    private partial void LogLost(string session, string reason, long lost);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backend {Backend} takes no sessions at present, they wait here: it {Reason}")]
    private partial void LogAway(string backend, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The backend {Backend} takes sessions again")]
    private partial void LogBack(string backend);
}
