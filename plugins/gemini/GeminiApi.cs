namespace Aico.Plugins.Gemini;

/// <summary>The two ways to ask Gemini.</summary>
internal enum GeminiApi
{
    /// <summary>streamGenerateContent, which Google recommends.</summary>
    Native,

    /// <summary>Chat completions, as OpenAI has them.</summary>
    OpenAI,
}
