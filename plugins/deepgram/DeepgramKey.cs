using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Deepgram;

/// <summary>Deepgram's own servers want a key; a server of one's own or a proxy may do without.</summary>
internal static class DeepgramKey
{
    public static IEnumerable<ValidationResult> Check(string baseUrl, Secret? key)
    {
        if (key is null && Uri.TryCreate(baseUrl, UriKind.Absolute, out var address)
            && (address.Host == "deepgram.com" || address.Host.EndsWith(".deepgram.com", StringComparison.OrdinalIgnoreCase)))
        {
            yield return new ValidationResult("The secret \"apiKey\" is not set; Deepgram's own servers want it.", [nameof(DeepgramSettings.ApiKey)]);
        }
    }
}
