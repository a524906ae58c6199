using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAI;

internal sealed record OpenAISettings
{
    [Description("The address up to and with the version; another one for a proxy that keeps OpenAI's rules.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.openai.com/v1";

    [Description("The model. gpt-6-luna, gpt-6-sol, gpt-6.1-terra and the 5.6 family call tools; gpt-6-astra and gpt-6.1-sol do not in chat completions.")]
    [MinLength(1)]
    public string Model { get; init; } = "gpt-6-luna";

    [Description("Randomness from 0 to 2; not sent where it is not set. Reasoning models take it only with reasoningEffort none.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have, thoughts included; not sent where it is not set.")]
    [Range(1, 1_000_000)]
    public int? MaxTokens { get; init; }

    [Description("How much a reasoning model may think before it speaks. Empty: none where the model knows it, else the model's default.")]
    [AllowedValues("", "none", "minimal", "low", "medium", "high", "xhigh")]
    public string ReasoningEffort { get; init; } = "";

    [Description("The vendor's service tier; priority is quicker and costs more. Empty: the project's own.")]
    [AllowedValues("", "auto", "default", "flex", "priority")]
    public string ServiceTier { get; init; } = "";

    [Description("The organization that is billed, for keys that belong to several.")]
    public string Organization { get; init; } = "";

    [Description("The project that is billed, for keys that belong to several.")]
    public string Project { get; init; } = "";

    [Description("The key, from platform.openai.com/api-keys.")]
    [Required]
    public Secret? ApiKey { get; init; }

    /// <exception cref="Abstractions.ProviderException">The base URL is none.</exception>
    internal ChatEndpoint Endpoint()
    {
        var address = ApiConnection.Address(BaseUrl);
        return new ChatEndpoint
        {
            Provider = "openai",
            Url = ApiConnection.Below(address, "/chat/completions"),
            ModelsUrl = ApiConnection.Below(address, "/models"),
            Model = Model,
            Key = ApiKey,
            Headers = OpenAIAccount.Headers(Organization, Project),
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            ReasoningEffort = ReasoningEffort,
            ServiceTier = ServiceTier,
            RulesOf = OpenAIModels.RulesOf,
        };
    }
}
