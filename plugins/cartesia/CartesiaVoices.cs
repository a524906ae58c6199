using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Cartesia;

/// <summary>The list of voices, which also proves a key.</summary>
internal sealed class CartesiaVoices(VendorHttp http, CartesiaSettings settings)
{
    public async Task<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        await ReadPageAsync(1, "", ct);
        var isKnown = await http.FindAsync(VendorAddress.Http(settings.BaseUrl, $"/voices/{Uri.EscapeDataString(settings.Voice)}"), voice => voice.GetRawText(), ct) is not null;
        return new ProbeReport("Cartesia accepts the key.") { Warnings = isKnown ? [] : [$"Cartesia has no voice \"{settings.Voice}\" for this key."] };
    }

    public async Task<IReadOnlyList<VoiceInfo>> ListAsync(CancellationToken ct)
    {
        var voices = new List<VoiceInfo>();
        while (true)
        {
            var (page, hasMore) = await ReadPageAsync(100, voices.LastOrDefault()?.Id ?? "", ct);
            voices.AddRange(page);
            // An empty page would come again without an end.
            if (!hasMore || page.Count == 0)
            {
                return voices;
            }
        }
    }

    private async Task<Page> ReadPageAsync(int limit, string after, CancellationToken ct)
    {
        List<(string, string)> query = [("limit", FormattableString.Invariant($"{limit}"))];
        if (after.Length > 0)
        {
            query.Add(("starting_after", after));
        }

        return await http.FindAsync(VendorAddress.Http(settings.BaseUrl, "/voices", query), ReadPage, ct)
            ?? throw new ProviderException(ProviderFailure.InvalidRequest, "Cartesia's list of voices is not there. Check the base URL.");
    }

    private static Page ReadPage(JsonElement root) =>
        new([.. root.GetProperty("data").EnumerateArray().Select(ReadVoice)], VendorJson.Flag(root, "has_more"));

    private static VoiceInfo ReadVoice(JsonElement voice)
    {
        string[] facts = [VendorJson.Text(voice, "tagline"), VendorJson.Text(voice, "gender"), VendorJson.Text(voice, "description")];
        var description = string.Join(", ", facts.Where(fact => fact.Length > 0));
        return new VoiceInfo(VendorJson.Text(voice, "id"))
        {
            DisplayName = VendorJson.TextOrNull(voice, "name"),
            Languages = VendorJson.TextOrNull(voice, "language") is { } language ? [language] : [],
            Description = description.Length > 0 ? description : null,
        };
    }

    private sealed record Page(IReadOnlyList<VoiceInfo> Voices, bool HasMore);
}
