using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Hosts;

/// <summary>
/// Tells the backend every few seconds how this host is. Started by whoever serves; a backend that is away misses reports and nothing else.
/// Its disposal says goodbye, so that nobody takes this host for lost. No call waits for any of it.
/// </summary>
internal sealed partial class HostReporter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Uri _address;
    private readonly Secret _key;
    private readonly HttpMessageInvoker _http;
    private readonly Func<HostStatus> _status;
    private readonly Action<string> _end;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reporting;
    private bool _isAway;

    /// <param name="backend">The host that keeps organizations.</param>
    /// <param name="key">Its internal key.</param>
    /// <param name="http">Connections; not disposed.</param>
    /// <param name="status">How this host is now.</param>
    /// <param name="end">Ends the call of an id, where there is one: the backend was asked to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears when the backend goes and comes.</param>
    public HostReporter(Uri backend, Secret key, HttpMessageHandler http, Func<HostStatus> status, Action<string> end, TimeProvider time, ILogger logger)
    {
        (_key, _status, _end, _time, _logger) = (key, status, end, time, logger);
        _address = new Uri(backend, $"{HostAddress.Reports}/{Uri.EscapeDataString(status().Id)}");
        _http = new HttpMessageInvoker(http, disposeHandler: false);
        _reporting = ReportAllAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _reporting;
        await ReportAsync(_status() with { Phase = HostPhase.Stopped }, CancellationToken.None);
        _stop.Dispose();
        _http.Dispose();
    }

    private async Task ReportAllAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await ReportAsync(_status(), ct);
                await Task.Delay(HostRegistry.Interval, _time, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    private async Task ReportAsync(HostStatus status, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Put, _address)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _key.Reveal()) },
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(HostStatusJson.WriteReport(status).ToJsonString()))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            Away(response.IsSuccessStatusCode ? null : $"answered with status {(int)response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Obey(await response.Content.ReadAsStringAsync(both.Token));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Away($"did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Away($"cannot be reached: {e.Message}");
        }
    }

    private void Obey(string answer)
    {
        List<string> ids;
        try
        {
            ids = [.. (JsonNode.Parse(answer)?["end"] as JsonArray ?? []).Select(id => (string)id!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentNullException)
        {
            Away($"answered what is no list of calls to end: {e.Message}");
            return;
        }

        ids.ForEach(_end);
    }

    // Said once for each time that it goes and comes.
    private void Away(string? problem)
    {
        if (problem is not null && !_isAway)
        {
            LogAway(_address.Authority, problem);
        }
        else if (problem is null && _isAway)
        {
            LogBack(_address.Authority);
        }

        _isAway = problem is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backend {Backend} does not hear how this host is: it {Reason}")]
    private partial void LogAway(string backend, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The backend {Backend} hears how this host is again")]
    private partial void LogBack(string backend);
}
