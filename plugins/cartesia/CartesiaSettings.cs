using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Cartesia;

internal sealed record CartesiaSettings : IValidatableObject
{
    [Description("The address. Cartesia's own takes HTTPS only.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.cartesia.ai";

    [Description("The version of Cartesia's API, which decides how voices and errors are written.")]
    [AllowedValues("2025-04-16", "2026-03-01", "2026-08-14")]
    public string ApiVersion { get; init; } = "2026-03-01";

    [Description("The model: sonic-3.5, sonic-3, a snapshot of them such as sonic-3.5-2026-05-04, or sonic-latest.")]
    [Required]
    public string Model { get; init; } = CartesiaModels.Current;

    [Description("The voice, by its id.")]
    [Required]
    public string Voice { get; init; } = "e07c00bc-4134-4eae-9ea4-1a55fb45746b";

    [Description("The language where a call names none, as a BCP 47 tag. Not set: the voice's own.")]
    public string? Language { get; init; }

    [Description("Samples per second: 8000, 16000, 22050, 24000, 44100 or 48000.")]
    [AllowedValues(8_000, 16_000, 22_050, 24_000, 44_100, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    [Description("Times of words, by which it is known what a caller heard; switch it off for a language that has none.")]
    public bool WordTimes { get; init; } = true;

    [Description("How long Cartesia may wait for more text before it speaks, in milliseconds. The host sends whole sentences, so 0.")]
    [Range(0, 5000)]
    public int MaximumBufferDelayMs { get; init; }

    [Description("Speed of the speech: 1 is the voice's own, more is faster. Some models do not take it.")]
    [Range(0.6, 1.5)]
    public double? Speed { get; init; }

    [Description("Loudness: 1 is the voice's own. Some models do not take it.")]
    [Range(0.5, 2.0)]
    public double? Volume { get; init; }

    [Description("An emotion such as calm, content or sympathetic. Some models do not take it.")]
    public string? Emotion { get; init; }

    [Description("A dictionary of pronunciations, by its id.")]
    public string? PronunciationDictionary { get; init; }

    [Description("The API key; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address)
            || (address.Host != "cartesia.ai" && !address.Host.EndsWith(".cartesia.ai", StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }

        if (ApiKey is null)
        {
            yield return new ValidationResult("The secret \"apiKey\" is not set; Cartesia's own servers want it.", [nameof(ApiKey)]);
        }

        if (address.Scheme is "http" or "ws")
        {
            yield return new ValidationResult("Cartesia withdraws keys that were sent without TLS: the address must begin with https.", [nameof(BaseUrl)]);
        }
    }
}
