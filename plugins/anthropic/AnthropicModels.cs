using Aico.Abstractions;

namespace Aico.Plugins.Anthropic;

/// <summary>What Anthropic's models take, as it was in November 2026.</summary>
internal static class AnthropicModels
{
    public static IReadOnlyDictionary<string, DateOnly> Ending { get; } = new Dictionary<string, DateOnly> { ["claude-sonnet-4-5"] = new(2026, 11, 30) };

    /// <summary>The models since 5.5 think as much as they find right, and refuse temperature and the like even at their defaults.</summary>
    public static bool ThinksByItself(string model) => model.Contains("-5-5", StringComparison.Ordinal);

    /// <summary>Sonnet and Opus 5.5 refuse to be told which tool to call.</summary>
    public static bool ChoosesToolsItself(string model) => ThinksByItself(model) && !model.Contains("haiku", StringComparison.Ordinal);

    public static string EffortOf(string model, AnthropicSettings settings) =>
        settings.Effort.Length > 0 ? settings.Effort : ThinksByItself(model) ? "low" : "";

    /// <exception cref="ProviderException">The settings contradict what their model takes.</exception>
    public static void Check(AnthropicSettings settings)
    {
        if (settings.Temperature is not null && ThinksByItself(settings.Model))
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, $"The model \"{settings.Model}\" takes no temperature: leave it out.");
        }
    }
}
