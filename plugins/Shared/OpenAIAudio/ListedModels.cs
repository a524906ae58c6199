using System.Globalization;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.OpenAIAudio;

/// <summary>The list at /models, and what it proves.</summary>
internal static class ListedModels
{
    /// <summary>The list, with announced ends; null where the server has none.</summary>
    /// <exception cref="ProviderException">The server refused, cannot be reached, or sent something else.</exception>
    public static async Task<IReadOnlyList<ModelInfo>?> FindAsync(
        VendorHttp http, Uri url, IReadOnlyDictionary<string, DateOnly> ending, CancellationToken ct) =>
        await http.FindAsync<IReadOnlyList<ModelInfo>>(
            url,
            root => [.. ModelList.Read(root, url).Select(model => model with { EndsOn = model.EndsOn ?? (ending.TryGetValue(model.Id, out var day) ? day : null) })],
            ct);

    public static ProbeReport Report(string server, string model, IReadOnlyList<ModelInfo>? models)
    {
        if (models is null)
        {
            return new ProbeReport($"{server} answers.") { Warnings = ["It lists no models, so only a call shows whether the model is there."] };
        }

        var found = models.FirstOrDefault(known => known.Id == model);
        return (model.Length, found) switch
        {
            (0, _) => new ProbeReport($"{server} answers and offers {models.Count} models; none is set."),
            (_, null) => new ProbeReport($"{server} answers and takes the credential.") { Warnings = [$"It does not list the model \"{model}\"."] },
            (_, { EndsOn: { } day }) => new ProbeReport($"{server} takes the credential and has the model \"{model}\".")
            {
                Warnings = [$"The model \"{model}\" is served until {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}."],
            },
            _ => new ProbeReport($"{server} takes the credential and has the model \"{model}\"."),
        };
    }
}
