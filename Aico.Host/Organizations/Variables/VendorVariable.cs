namespace Aico.Host.Organizations.Variables;

/// <summary>A variable that a vendor's own tools read, and the setting or secret that it fills here.</summary>
/// <param name="Name">The variable. Of several for one setting the first that is set counts.</param>
/// <param name="Setting">The setting or secret of each of the providers; one that a provider does not have is left alone.</param>
/// <param name="Providers">The keys of the vendor's providers: a key goes to its own vendor only.</param>
internal sealed record VendorVariable(string Name, string Setting, params string[] Providers)
{
    public static IReadOnlyList<VendorVariable> All { get; } =
    [
        new("OPENAI_API_KEY", "apiKey", "openai", "openai-compatible"),
        new("OPENAI_API_KEY", "apiKey", "openai-tts", "whisper") { Domain = "openai.com" },
        new("GROQ_API_KEY", "apiKey", "groq"),
        new("GROQ_API_KEY", "apiKey", "openai-tts", "whisper") { Domain = "groq.com" },
        new("GEMINI_API_KEY", "apiKey", "gemini"),
        new("GOOGLE_API_KEY", "apiKey", "gemini"),
        new("ANTHROPIC_API_KEY", "apiKey", "anthropic"),
        new("AZURE_OPENAI_API_KEY", "apiKey", "azure-openai"),
        new("AZURE_OPENAI_ENDPOINT", "endpoint", "azure-openai"),
        new("AZURE_OPENAI_DEPLOYMENT", "deployment", "azure-openai"),
        new("DEEPGRAM_API_KEY", "apiKey", "deepgram", "deepgram-tts"),
        new("ELEVENLABS_API_KEY", "apiKey", "elevenlabs"),
        new("CARTESIA_API_KEY", "apiKey", "cartesia"),
    ];

    /// <summary>Where the provider's base URL must lead for the variable to count, for providers that speak to several vendors; null: anywhere.</summary>
    public string? Domain { get; init; }

    public bool CountsAt(string? baseUrl) => Domain is null
        || (Uri.TryCreate(baseUrl, UriKind.Absolute, out var address)
            && (address.Host.Equals(Domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + Domain, StringComparison.OrdinalIgnoreCase)));
}
