using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Gemini;

internal sealed record GeminiSettings
{
    [Description("The address up to and with the version.")]
    [Url]
    public string BaseUrl { get; init; } = "https://generativelanguage.googleapis.com/v1beta";

    [Description("Which API is asked: native, or openAI for the compatible one below the same address, which loses the signatures of thoughts between tool calls.")]
    public GeminiApi Api { get; init; } = GeminiApi.Native;

    [Description("The model: gemini-3.5-flash-lite answers quickest, gemini-3.8-flash better.")]
    [MinLength(1)]
    public string Model { get; init; } = "gemini-3.5-flash-lite";

    [Description("Randomness from 0 to 2; not sent where it is not set.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have, thoughts included; not sent where it is not set.")]
    [Range(1, 65_536)]
    public int? MaxTokens { get; init; }

    [Description("How much the model may think before it speaks; gemini-3.8-flash knows no minimal. Empty: the least that the model knows.")]
    [AllowedValues("", "minimal", "low", "medium", "high")]
    public string ThinkingLevel { get; init; } = "";

    [Description("The key, from aistudio.google.com/apikey.")]
    [Required]
    public Secret? ApiKey { get; init; }

    /// <summary>The settings as the compatible API takes them; its rules of models are those of the native one too.</summary>
    /// <exception cref="Abstractions.ProviderException">The base URL is none.</exception>
    internal ChatEndpoint Endpoint()
    {
        var address = ApiConnection.Address(BaseUrl);
        return new ChatEndpoint
        {
            Provider = "gemini",
            Url = ApiConnection.Below(address, "/openai/chat/completions"),
            ModelsUrl = ApiConnection.Below(address, "/openai/models"),
            Model = Model,
            Key = ApiKey,
            MaxTokensField = "max_tokens",
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            ReasoningEffort = ThinkingLevel,
            RulesOf = GeminiModels.RulesOf,
        };
    }
}
