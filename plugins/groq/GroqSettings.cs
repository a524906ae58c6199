using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Groq;

internal sealed record GroqSettings
{
    [Description("The address up to and with the version.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.groq.com/openai/v1";

    [Description("The model: openai/gpt-oss-20b answers quickest, openai/gpt-oss-120b better; qwen/qwen3.8-27b can do without thinking.")]
    [MinLength(1)]
    public string Model { get; init; } = "openai/gpt-oss-20b";

    [Description("Randomness from 0 to 2; not sent where it is not set.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have, thoughts included; not sent where it is not set.")]
    [Range(1, 131_072)]
    public int? MaxTokens { get; init; }

    [Description("How much a model may think before it speaks: low, medium, high for gpt-oss; none, default for qwen. Empty: the least that the model knows.")]
    [AllowedValues("", "none", "default", "low", "medium", "high")]
    public string ReasoningEffort { get; init; } = "";

    [Description("The vendor's service tier: flex has higher limits and fails when there is no capacity. Empty: on demand.")]
    [AllowedValues("", "auto", "on_demand", "flex", "performance")]
    public string ServiceTier { get; init; } = "";

    [Description("The key, from console.groq.com/keys.")]
    [Required]
    public Secret? ApiKey { get; init; }

    /// <exception cref="Abstractions.ProviderException">The base URL is none.</exception>
    internal ChatEndpoint Endpoint()
    {
        var address = ApiConnection.Address(BaseUrl);
        return new ChatEndpoint
        {
            Provider = "groq",
            Url = ApiConnection.Below(address, "/chat/completions"),
            ModelsUrl = ApiConnection.Below(address, "/models"),
            Model = Model,
            Key = ApiKey,
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            ReasoningEffort = ReasoningEffort,
            ServiceTier = ServiceTier,
            RulesOf = GroqModels.RulesOf,
        };
    }
}
