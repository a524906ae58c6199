using Aico.Abstractions;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>The reasoning effort of a request, and what a model refuses because of it, said in words before anything is sent.</summary>
internal static class ChatEffort
{
    private const string NoReasoning = "none";

    public static string Of(ChatEndpoint endpoint, ChatModelRules rules) =>
        endpoint.ReasoningEffort.Length > 0 ? endpoint.ReasoningEffort : rules.DefaultEffort;

    /// <summary>False where the model refuses sampling options at this effort.</summary>
    public static bool AllowsSampling(ChatEndpoint endpoint, ChatModelRules rules) =>
        !rules.SamplingNeedsNoReasoning || Of(endpoint, rules) == NoReasoning;

    /// <exception cref="ProviderException">The settings contradict what their model takes.</exception>
    public static void Check(ChatEndpoint endpoint)
    {
        var rules = endpoint.RulesOf(endpoint.Model);
        if (endpoint.ReasoningEffort.Length > 0 && rules.Efforts.Count > 0 && !rules.Efforts.Contains(endpoint.ReasoningEffort))
        {
            throw Refused($"The model \"{endpoint.Model}\" knows no reasoningEffort \"{endpoint.ReasoningEffort}\": choose {string.Join(", ", rules.Efforts)}.");
        }

        if (endpoint.Temperature is not null && !AllowsSampling(endpoint, rules))
        {
            throw Refused(rules.Efforts.Contains(NoReasoning)
                ? $"The model \"{endpoint.Model}\" takes a temperature only with reasoningEffort \"none\": set that, or leave the temperature out."
                : $"The model \"{endpoint.Model}\" takes no temperature: leave it out.");
        }
    }

    /// <exception cref="ProviderException">The model takes no tools at this effort.</exception>
    public static void CheckTools(string model, ChatEndpoint endpoint, ChatModelRules rules)
    {
        if (rules.ToolsNeedNoReasoning && Of(endpoint, rules) != NoReasoning)
        {
            throw Refused(rules.Efforts.Contains(NoReasoning)
                ? $"The model \"{model}\" takes tools in chat completions only with reasoningEffort \"none\"."
                : $"The model \"{model}\" takes no tools in chat completions because it always reasons: choose one that knows reasoningEffort \"none\".");
        }
    }

    private static ProviderException Refused(string message) => new(ProviderFailure.InvalidRequest, message);
}
