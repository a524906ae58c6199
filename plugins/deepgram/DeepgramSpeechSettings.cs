using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Deepgram;

internal sealed record DeepgramSpeechSettings : IValidatableObject
{
    [Description("The address, without a version: https://api.deepgram.com, in the European Union https://api.eu.deepgram.com, or a server of your own.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.deepgram.com";

    [Description("The voice, which is a model with its language, such as aura-2-thalia-en or aura-2-celeste-es.")]
    [Required]
    public string Voice { get; init; } = "aura-2-thalia-en";

    [Description("Samples per second: 8000, 16000, 24000, 32000 or 48000.")]
    [AllowedValues(8_000, 16_000, 24_000, 32_000, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    [Description("Keeps the text out of Deepgram's model improvement program, which costs more.")]
    public bool OptOutOfModelImprovement { get; init; }

    [Description("The API key; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => DeepgramKey.Check(BaseUrl, ApiKey);
}
