using System.Net.Http.Headers;
using System.Text.Json;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Deepgram;

/// <summary>What a key may use: asked by the test of a provider and for its lists.</summary>
internal sealed class DeepgramAccount(VendorHttp http, string baseUrl)
{
    public static void Authenticate(HttpRequestHeaders headers, Secret? key)
    {
        if (key is not null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Token", key.Reveal());
        }
    }

    /// <summary>Proves the key, and looks the model or voice up in the list.</summary>
    public async Task<ProbeReport> ProbeAsync(string kind, string model, CancellationToken ct)
    {
        // A server of one's own has no projects; the list of models says enough there.
        using var projects = await http.FindAsync(VendorAddress.Http(baseUrl, "/v1/projects"), ct);
        var names = await ReadAsync(kind, item => new[] { "canonical_name", "name", "architecture" }.Select(name => VendorJson.Text(item, name)).ToList(), ct);
        var isKnown = names.Any(item => item.Contains(model) || model.StartsWith(item[2] + "-", StringComparison.Ordinal));
        return new ProbeReport("Deepgram accepts the key.") { Warnings = isKnown ? [] : [$"Deepgram does not list \"{model}\" for this key."] };
    }

    public async Task<List<T>> ReadAsync<T>(string kind, Func<JsonElement, T> read, CancellationToken ct) => await http.FindAsync(
        VendorAddress.Http(baseUrl, "/v1/models"),
        root => root.TryGetProperty(kind, out var list) ? list.EnumerateArray().Select(read).ToList() : [],
        ct) ?? [];
}
