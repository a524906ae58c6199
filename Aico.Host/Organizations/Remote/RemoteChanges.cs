using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Remote;

/// <summary>
/// Follows a backend's feed of changes. Begins with <see cref="Start"/> and ends with its disposal; a feed that breaks, or is silent, is
/// opened again, at the place where it broke, after a pause that grows.
/// </summary>
internal sealed partial class RemoteChanges(
    Func<string, string?, CancellationToken, Task<HttpResponseMessage>> send, Action<string?> changed, TimeProvider time, ILogger logger, string backend) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private string? _place;
    private volatile bool _isConnected;
    private bool _isTold;

    public bool IsConnected => _isConnected;

    public void Start() => _following = FollowAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _stop.Dispose();
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        var pause = ShortestPause;
        while (true)
        {
            try
            {
                await ReadAsync(ct);
                Lost("it closed the feed");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or FormatException)
            {
                Lost(e.Message);
            }

            pause = _isConnected ? ShortestPause : pause;
            _isConnected = false;
            // Many hosts that lost one backend do not come back at the same moment.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Lost(string reason)
    {
        if (_isConnected || !_isTold)
        {
            LogLost(backend, reason);
        }

        _isTold = true;
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        using var alive = new CancellationTokenSource(BackendAddress.Silence, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, alive.Token);
        try
        {
            using var response = await send(BackendAddress.Changes, _place, both.Token);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                throw new HttpRequestException(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? "it does not take AICO_INTERNAL_API_KEY, which must be the same on both hosts"
                    : $"it answered with status {(int)response.StatusCode}");
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(both.Token));
            var (name, id, data) = ("", (string?)null, "");
            while (await reader.ReadLineAsync(both.Token) is { } line)
            {
                alive.CancelAfter(BackendAddress.Silence);
                switch (line.Split(':', 2))
                {
                    case [""]:
                        Take(name, id, data);
                        (name, id, data) = ("", null, "");
                        break;
                    case ["event", var value]:
                        name = value.Trim();
                        break;
                    case ["id", var value]:
                        id = value.Trim();
                        break;
                    case ["data", var value]:
                        data += value.Trim();
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing was heard of it for {BackendAddress.Silence.TotalSeconds} s");
        }
    }

    private void Take(string name, string? id, string data)
    {
        if (name == "changed")
        {
            changed(OrganizationOf(data));
        }
        else if (name == "ready" && !_isConnected)
        {
            _isConnected = true;
            _isTold = false;
            LogFollowing(backend);
        }

        // Only now: what was not taken is sent again.
        _place = id ?? _place;
    }

    private static string? OrganizationOf(string data)
    {
        try
        {
            return JsonNode.Parse(data)?["organizationId"]?.GetValue<string>();
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new FormatException("it sent a change that cannot be read");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The backend {Backend} tells of its changes")]
    private partial void LogFollowing(string backend);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backend {Backend} tells of no changes at present, what is known stays in use: {Reason}")]
    private partial void LogLost(string backend, string reason);
}
