using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Shared.OpenAIAudio;

/// <summary>The vendors' own servers among all that speak OpenAI's protocol of audio: they want a key, and what they have is known.</summary>
internal static class AudioHosts
{
    public static bool IsOpenAI(string baseUrl) => IsAt(baseUrl, "openai.com");

    public static bool IsGroq(string baseUrl) => IsAt(baseUrl, "groq.com");

    /// <summary>The name for messages.</summary>
    /// <param name="baseUrl">The address of the settings.</param>
    /// <param name="other">What a server of one's own is called, such as "The speech server".</param>
    public static string NameOf(string baseUrl, string other) => IsOpenAI(baseUrl) ? "OpenAI" : IsGroq(baseUrl) ? "Groq" : other;

    /// <summary>The vendors want a key; a server of one's own or a proxy may do without.</summary>
    public static IEnumerable<ValidationResult> CheckKey(string baseUrl, Secret? key, string property)
    {
        if (key is null && (IsOpenAI(baseUrl) || IsGroq(baseUrl)))
        {
            yield return new ValidationResult($"The secret \"apiKey\" is not set; {NameOf(baseUrl, "")}'s own servers want it.", [property]);
        }
    }

    private static bool IsAt(string baseUrl, string domain) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var address)
        && (address.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
