using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.AzureOpenAI;

internal sealed record AzureOpenAISettings
{
    [Description("The resource's endpoint: https://name.openai.azure.com or https://name.services.ai.azure.com, without a path.")]
    [Url]
    [Required]
    public string Endpoint { get; init; } = "";

    [Description("The deployment's name, which is not the model's.")]
    [Required]
    public string Deployment { get; init; } = "";

    [Description("Which form of the API is asked: v1 (no version, new features as they come) or deployments (the address names deployment and version).")]
    public AzureApiForm Api { get; init; } = AzureApiForm.V1;

    [Description("The version that the deployments form names; v1 has none.")]
    [RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?")]
    public string ApiVersion { get; init; } = "2024-10-21";

    [Description("Randomness from 0 to 2; not sent where it is not set. Deployments of reasoning models refuse it.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have, thoughts included; not sent where it is not set.")]
    [Range(1, 1_000_000)]
    public int? MaxTokens { get; init; }

    [Description("How much a reasoning model may think before it speaks. A deployment does not say which model it has: empty sends nothing. The 5.6 and 6 families want none with tools.")]
    [AllowedValues("", "none", "minimal", "low", "medium", "high", "xhigh")]
    public string ReasoningEffort { get; init; } = "";

    [Description("A key of the resource. Either it or accessToken is needed.")]
    public Secret? ApiKey { get; init; }

    [Description("An Entra token for https://ai.azure.com/.default, in place of a key. It is not renewed: it is gone after an hour or so.")]
    public Secret? AccessToken { get; init; }

    /// <exception cref="ProviderException">The endpoint is none, or there is no credential.</exception>
    internal ChatEndpoint ChatEndpoint()
    {
        if (ApiKey is null == AccessToken is null)
        {
            throw new ProviderException(ProviderFailure.Unauthorized, "Azure OpenAI wants an apiKey or an accessToken, and not both.");
        }

        var resource = new Uri(ApiConnection.Address(Endpoint).GetLeftPart(UriPartial.Authority));
        return new ChatEndpoint
        {
            Provider = "azure-openai",
            Url = Api == AzureApiForm.V1
                ? new Uri(resource, "openai/v1/chat/completions")
                : new Uri(resource, $"openai/deployments/{Uri.EscapeDataString(Deployment)}/chat/completions?api-version={ApiVersion}"),
            ModelsUrl = new Uri(resource, "openai/v1/models"),
            Model = Deployment,
            ListsWhatIsAskedFor = false,
            Key = ApiKey ?? AccessToken,
            KeyHeader = ApiKey is null ? null : "api-key",
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            ReasoningEffort = ReasoningEffort,
        };
    }
}
