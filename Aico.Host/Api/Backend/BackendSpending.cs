using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Remote;
using Aico.Host.Usage;

namespace Aico.Host.Api.Backend;

/// <summary>Asks the backend what an organization has spent, on all hosts together. A call that begins waits for it, so its patience is short.</summary>
internal sealed class BackendSpending(Uri backend, Secret key, HttpMessageHandler http, TimeProvider time) : ISpendingSource, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _http = new(http, disposeHandler: false);

    public async ValueTask<decimal> SpentAsync(string organizationId, DateTimeOffset month, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var path = $"{BackendAddress.Organizations}/{Uri.EscapeDataString(organizationId)}/{BackendAddress.Spending}?month={month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(backend, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Unknown($"answered with status {(int)response.StatusCode}");
            }

            var answer = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(both.Token), cancellationToken: both.Token);
            return answer is JsonObject && answer["costUsd"] is JsonValue cost && cost.TryGetValue(out decimal dollars) ? dollars : throw Unknown("is of another version");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Unknown($"did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unknown($"cannot be reached: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw Unknown("answered with something that is no JSON", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private SpendingUnknownException Unknown(string what, Exception? inner = null) => new($"The backend {backend.Authority} {what}.", inner);
}
