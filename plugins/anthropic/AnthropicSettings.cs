using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Anthropic;

internal sealed record AnthropicSettings
{
    [Description("The address without the version.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.anthropic.com";

    [Description("The model: claude-haiku-5-5 answers quickest, claude-sonnet-5-5 better.")]
    [MinLength(1)]
    public string Model { get; init; } = "claude-haiku-5-5";

    [Description("Randomness from 0 to 1; not sent where it is not set. Models since 5.5 refuse it.")]
    [Range(0.0, 1.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have, thoughts included: leave room for them, or an answer ends before it begins.")]
    [Range(1, 128_000)]
    public int MaxTokens { get; init; } = 4096;

    [Description("How much a model may think before it speaks: low, medium, high. Empty: low for models since 5.5, not sent for others.")]
    [AllowedValues("", "low", "medium", "high")]
    public string Effort { get; init; } = "";

    [Description("The key, from platform.claude.com/settings/keys.")]
    [Required]
    public Secret? ApiKey { get; init; }
}
