using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.ElevenLabs;

internal sealed record ElevenLabsSettings : IValidatableObject
{
    [Description("The address, without a version: https://api.elevenlabs.io, or that of the residency that the key belongs to, such as https://api.eu.residency.elevenlabs.io.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.elevenlabs.io";

    [Description("The model: eleven_flash_v2_5 answers soonest; also eleven_multilingual_v2, and over HTTP eleven_v3 and eleven_v4.")]
    [Required]
    public string Model { get; init; } = "eleven_flash_v2_5";

    [Description("The voice, by its id.")]
    [Required]
    public string Voice { get; init; } = "JBFqnCBsd6RMkjVDRZzb";

    [Description("How speech is asked for: socket, or http with one request a sentence.")]
    public ElevenLabsTransport Transport { get; init; } = ElevenLabsTransport.Socket;

    [Description("The language where a call names none, as a BCP 47 tag. Not set: the model hears it from the text. Only models from version 2.5 on are told.")]
    public string? Language { get; init; }

    [Description("Samples per second: 8000, 16000, 22050, 24000, 32000, 44100 (which needs the Pro plan) or 48000.")]
    [AllowedValues(8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    [Description("How even the voice is: less varies more. Not set: the voice's own.")]
    [Range(0.0, 1.0)]
    public double? Stability { get; init; }

    [Description("How close it keeps to the original speaker. Not set: the voice's own.")]
    [Range(0.0, 1.0)]
    public double? SimilarityBoost { get; init; }

    [Description("How much of the original speaker's style is exaggerated; more than 0 costs time. Not set: the voice's own.")]
    [Range(0.0, 1.0)]
    public double? Style { get; init; }

    [Description("Comes closer to the original speaker, and costs time. Not set: the voice's own.")]
    public bool? UseSpeakerBoost { get; init; }

    [Description("Speed of the speech: 1 is the voice's own, more is faster.")]
    [Range(0.7, 1.2)]
    public double? Speed { get; init; }

    [Description("Whether numbers, dates and the like are written out before they are spoken: auto, on or off.")]
    public ElevenLabsNormalization ApplyTextNormalization { get; init; } = ElevenLabsNormalization.Auto;

    [Description("Makes the same text sound much the same each time.")]
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    [Description("False: ElevenLabs keeps nothing of the texts, which only enterprise plans may ask for.")]
    public bool EnableLogging { get; init; } = true;

    [Description("The API key; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport == ElevenLabsTransport.Socket && ElevenLabsModels.NeedsHttp(Model))
        {
            yield return new ValidationResult($"ElevenLabs does not serve \"{Model}\" on this socket: set \"transport\" to http, or take eleven_flash_v2_5.", [nameof(Transport)]);
        }

        if (ApiKey is null && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address)
            && (address.Host == "elevenlabs.io" || address.Host.EndsWith(".elevenlabs.io", StringComparison.OrdinalIgnoreCase)))
        {
            yield return new ValidationResult("The secret \"apiKey\" is not set; ElevenLabs' own servers want it.", [nameof(ApiKey)]);
        }
    }
}
