using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.ElevenLabs;

/// <summary>What a key may use: asked by the test of a provider and for its lists.</summary>
internal sealed class ElevenLabsAccount(VendorHttp http, ElevenLabsSettings settings)
{
    /// <summary>Proves the key; a model or a voice that is not there, and characters that are used up, are warnings.</summary>
    public async Task<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        var warnings = new List<string>();
        try
        {
            warnings.AddRange(await http.FindAsync(Address("/v1/user"), ReadUsage, ct) ?? []);
        }
        catch (ProviderException error) when (error.Failure == ProviderFailure.Unauthorized)
        {
            // A restricted key may speak without being let at the account; the list of models says whether it is a key at all.
        }

        if (!(await ListModelsAsync(ct)).Any(model => model.Id == settings.Model))
        {
            warnings.Add($"ElevenLabs does not list \"{settings.Model}\" for this key.");
        }

        if (!await HasVoiceAsync(ct))
        {
            warnings.Add($"ElevenLabs has no voice \"{settings.Voice}\" for this key.");
        }

        return new ProbeReport("ElevenLabs accepts the key.") { Warnings = warnings };
    }

    public async Task<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct) => await http.FindAsync(
        Address("/v1/models"),
        root => root.EnumerateArray().Where(model => VendorJson.Flag(model, "can_do_text_to_speech")).Select(ReadModel).ToList(),
        ct) ?? [];

    public async Task<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct)
    {
        var voices = new List<VoiceInfo>();
        for (var token = ""; ;)
        {
            (string, string)[] query = token.Length > 0 ? [("page_size", "100"), ("next_page_token", token)] : [("page_size", "100")];
            var next = await http.FindAsync(VendorAddress.Http(settings.BaseUrl, "/v2/voices", query), root => ReadPage(root, voices), ct) ?? "";
            // The same token again would be a list without an end.
            if (next.Length == 0 || next == token)
            {
                return voices;
            }

            token = next;
        }
    }

    private static IReadOnlyList<string> ReadUsage(JsonElement user) =>
        user.TryGetProperty("subscription", out var plan) && plan.TryGetProperty("character_count", out var used)
        && plan.TryGetProperty("character_limit", out var limit) && used.GetInt64() >= limit.GetInt64()
            ? [FormattableString.Invariant($"The account has used {used.GetInt64()} of its {limit.GetInt64()} characters.")]
            : [];

    private static ModelInfo ReadModel(JsonElement model) => new(VendorJson.Text(model, "model_id"))
    {
        DisplayName = VendorJson.TextOrNull(model, "name"),
        Languages = model.TryGetProperty("languages", out var languages) && languages.ValueKind == JsonValueKind.Array
            ? [.. languages.EnumerateArray().Select(language => VendorJson.Text(language, "language_id")).Where(id => id.Length > 0)]
            : [],
    };

    private static string ReadPage(JsonElement page, List<VoiceInfo> voices)
    {
        voices.AddRange(page.GetProperty("voices").EnumerateArray().Select(ReadVoice));
        return VendorJson.Flag(page, "has_more") ? VendorJson.Text(page, "next_page_token") : "";
    }

    private static VoiceInfo ReadVoice(JsonElement voice)
    {
        var labels = voice.TryGetProperty("labels", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        string[] facts = [VendorJson.Text(voice, "category"), .. new[] { "gender", "age", "accent", "descriptive", "use_case" }.Select(name => VendorJson.Text(labels, name))];
        var description = string.Join(", ", facts.Where(fact => fact.Length > 0));
        return new VoiceInfo(VendorJson.Text(voice, "voice_id"))
        {
            DisplayName = VendorJson.TextOrNull(voice, "name"),
            Languages = VendorJson.TextOrNull(labels, "language") is { } language ? [language] : [],
            Description = description.Length > 0 ? description : null,
            Preview = VendorJson.Address(voice, "preview_url"),
        };
    }

    private async Task<bool> HasVoiceAsync(CancellationToken ct)
    {
        try
        {
            return await http.FindAsync(Address($"/v1/voices/{Uri.EscapeDataString(settings.Voice)}"), voice => voice.GetRawText(), ct) is not null;
        }
        catch (ProviderException error) when (error.Failure is ProviderFailure.InvalidRequest or ProviderFailure.Unauthorized)
        {
            // Not found; or a key that may not look at voices, which says nothing of this one.
            return error.Failure == ProviderFailure.Unauthorized;
        }
    }

    private Uri Address(string path) => VendorAddress.Http(settings.BaseUrl, path);
}
