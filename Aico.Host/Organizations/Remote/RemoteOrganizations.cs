using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Remote;

/// <summary>
/// The organizations of another host, which is asked with the internal key. It tells of its changes; while it cannot be reached nothing is
/// answered here, and those who keep what they have read go on with it. Nothing is written down: secrets would lie on this machine.
/// </summary>
internal sealed class RemoteOrganizations : IOrganizationSource, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Uri _backend;
    private readonly Secret _key;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private readonly RemoteChanges _changes;

    /// <param name="backend">The other host.</param>
    /// <param name="key">Its internal key.</param>
    /// <param name="http">Connections; not disposed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears when the backend goes and comes.</param>
    public RemoteOrganizations(Uri backend, Secret key, HttpMessageHandler http, TimeProvider time, ILogger logger)
    {
        (_backend, _key, _time) = (backend, key, time);
        _http = new HttpMessageInvoker(http, disposeHandler: false);
        _changes = new RemoteChanges(SendAsync, id => Changed?.Invoke(id), time, logger, backend.Authority);
    }

    public event Action<string?>? Changed;

    /// <summary>True while the backend's feed of changes is open.</summary>
    public bool IsConnected => _changes.IsConnected;

    /// <summary>Begins to follow the backend's changes. Who hears of them is there by now, so that none is missed.</summary>
    public void Start() => _changes.Start();

    public async ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct)
    {
        var answer = await AskAsync($"{BackendAddress.Organizations}/{Uri.EscapeDataString(organizationId)}", ct);
        return answer is null ? null : Read(() => OrganizationWire.ReadDocument(answer));
    }

    public async ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct)
    {
        var after = afterId is null ? "" : $"&after={Uri.EscapeDataString(afterId)}";
        var answer = await AskAsync($"{BackendAddress.Organizations}?limit={limit.ToString(System.Globalization.CultureInfo.InvariantCulture)}{after}", ct);
        return answer is null ? [] : Read(() => OrganizationWire.ReadSummaries(answer));
    }

    public async ValueTask DisposeAsync()
    {
        await _changes.DisposeAsync();
        _http.Dispose();
    }

    // Null: the backend has no such organization.
    private async Task<JsonNode?> AskAsync(string path, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var response = await SendAsync(path, null, both.Token);
            if (response.StatusCode == HttpStatusCode.NotFound && response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                return IsUnknownOrganization(await ParseAsync(response, both.Token)) ? null : throw Failed("is no AICO host that keeps organizations");
            }

            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ParseAsync(response, both.Token),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw Failed("does not take AICO_INTERNAL_API_KEY, which must be the same on both hosts"),
                var status => throw Failed($"answered with status {(int)status}"),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed($"did not answer within {Patience.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed($"cannot be reached: {e.Message}", e);
        }
        catch (JsonException)
        {
            throw Failed("answered with something that is no JSON");
        }
    }

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw Failed($"is of another version: {e.Message}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? place, CancellationToken ct)
    {
        // Not disposed before the answer is read; it holds nothing but headers.
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_backend, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key.Reveal());
        if (place is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", place);
        }

        return await _http.SendAsync(request, ct);
    }

    private static async Task<JsonNode?> ParseAsync(HttpResponseMessage response, CancellationToken ct) =>
        await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);

    private static bool IsUnknownOrganization(JsonNode? problem) =>
        problem is JsonObject && problem["type"] is JsonValue type && type.TryGetValue(out string? text) && text.EndsWith(":unknown-organization", StringComparison.Ordinal);

    private OrganizationSourceException Failed(string what, Exception? inner = null) => new($"The backend {_backend.Authority} {what}.", inner);
}
