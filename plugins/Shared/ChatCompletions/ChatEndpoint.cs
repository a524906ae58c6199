using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>Where chat completions are asked for, and with what. All that tells one vendor of this shape from another.</summary>
internal sealed record ChatEndpoint
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>The address that ends with /chat/completions.</summary>
    public required Uri Url { get; init; }

    /// <summary>The address that lists models.</summary>
    public required Uri ModelsUrl { get; init; }

    /// <summary>Empty where the server decides.</summary>
    public required string Model { get; init; }

    /// <summary>False where the list of models holds other names than those that are asked for, as Azure's deployments.</summary>
    public bool ListsWhatIsAskedFor { get; init; } = true;

    public Secret? Key { get; init; }

    /// <summary>The header that the key goes into by itself; null sends it as a bearer token.</summary>
    public string? KeyHeader { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public bool IncludeUsage { get; init; } = true;

    /// <summary>OpenAI's reasoning models refuse the old name max_tokens, older servers do not know the new one.</summary>
    public string MaxTokensField { get; init; } = "max_completion_tokens";

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    /// <summary>Empty leaves it to the model's rules.</summary>
    public string ReasoningEffort { get; init; } = "";

    /// <summary>Not sent where it is empty.</summary>
    public string ServiceTier { get; init; } = "";

    /// <summary>What a model takes, by its name.</summary>
    public Func<string, ChatModelRules> RulesOf { get; init; } = _ => ChatModelRules.None;
}
