using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api.Backend;

/// <summary>
/// Hands one thing after another to the backend. One that is away is tried again after pauses that grow; an answer that would stay the same
/// is not. One task at a time.
/// </summary>
/// <param name="what">What is delivered, for the log: "sessions".</param>
/// <param name="backend">The host that keeps organizations.</param>
/// <param name="key">Its internal key.</param>
/// <param name="http">Connections; not disposed.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears when the backend goes and comes.</param>
internal sealed partial class BackendDelivery(string what, Uri backend, Secret key, HttpMessageHandler http, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How long who ends waits for what is still to be delivered.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Answers with a fault of the backend's own after which what is delivered is taken for the cause of it.</summary>
    private const int MostFaults = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HttpMessageInvoker _http = new(http, disposeHandler: false);
    private bool _isAway;

    /// <param name="path">Where it is put.</param>
    /// <param name="body">What.</param>
    /// <param name="organizationId">Whose, for the sentence where there is none.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null: it is kept. Else why it never will be.</returns>
    public async Task<string?> PutAsync(string path, JsonNode body, string organizationId, CancellationToken ct)
    {
        var bytes = ApiReply.Bytes(body);
        var (pause, faults) = (ShortestPause, 0);
        while (await TryAsync(path, bytes, organizationId, ct) is var (problem, isFinal, isFault) && problem is not null)
        {
            faults += isFault ? 1 : 0;
            if (isFinal || faults == MostFaults)
            {
                return $"the backend {backend.Authority} {problem}";
            }

            if (!_isAway)
            {
                LogAway(backend.Authority, what, problem);
            }

            _isAway = true;
            // Many hosts that lost one backend do not come back at the same moment.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        if (_isAway)
        {
            LogBack(backend.Authority, what);
        }

        _isAway = false;
        return null;
    }

    public void Dispose() => _http.Dispose();

    // No problem: it is kept. Final: the same would be answered again. A fault is one of the backend's own.
    private async Task<(string? Problem, bool IsFinal, bool IsFault)> TryAsync(string path, byte[] body, string organizationId, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(backend, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NoContent => default,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ("does not take AICO_INTERNAL_API_KEY, which must be the same on both hosts", false, false),
                HttpStatusCode.NotFound => ($"knows no organization \"{organizationId}\", or keeps no {what}", true, false),
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backend {Backend} takes no {What} at present, they wait here: it {Reason}")]
    private partial void LogAway(string backend, string what, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The backend {Backend} takes {What} again")]
    private partial void LogBack(string backend, string what);
}
