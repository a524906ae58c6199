using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Deepgram;

internal sealed record DeepgramSettings : IValidatableObject
{
    [Description("The address, without a version: https://api.deepgram.com, in the European Union https://api.eu.deepgram.com, or a server of your own.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.deepgram.com";

    [Description("The model: nova-3, nova-3-medical, nova-2, nova-2-phonecall and so on, an id of your own, or flux-general-en or flux-general-multi, which say when a turn is over.")]
    [Required]
    public string Model { get; init; } = "nova-3";

    [Description("The language where a call names none, as a BCP 47 tag; multi for several in one call. Flux takes it from its model.")]
    public string Language { get; init; } = "en";

    [Description("Languages that flux-general-multi should expect, as BCP 47 tags. Empty: the call's own.")]
    public IReadOnlyList<string> LanguageHints { get; init; } = [];

    [Description("Words that are likely to come up, such as names, beside those of the call. About 100 at most; older models than nova-3 take them as keywords.")]
    public IReadOnlyList<string> Keyterms { get; init; } = [];

    [Description("Text while the caller still speaks (Nova; Flux always gives it).")]
    public bool InterimResults { get; init; } = true;

    [Description("Silence after which Nova finishes a text, in milliseconds; 0 switches it off.")]
    [Range(0, 10_000)]
    public int EndpointingMs { get; init; } = 300;

    [Description("Gap between words after which Nova says that the utterance is over, in milliseconds, 1000 or more; 0 switches it off. Needs interim results.")]
    [Range(0, 10_000)]
    public int UtteranceEndMs { get; init; } = 1000;

    [Description("Nova says when it hears speech begin.")]
    public bool VadEvents { get; init; } = true;

    [Description("Punctuation and capitals (Nova).")]
    public bool Punctuate { get; init; } = true;

    [Description("Formats numbers, dates and addresses (Nova). It may hold text back until a number is complete.")]
    public bool SmartFormat { get; init; }

    [Description("Writes numbers in digits (Nova).")]
    public bool Numerals { get; init; }

    [Description("Replaces swear words by asterisks (Nova).")]
    public bool ProfanityFilter { get; init; }

    [Description("Keeps words such as \"uh\" (Nova).")]
    public bool FillerWords { get; init; }

    [Description("Confidence that a turn is over, from which Flux says so; 1 leaves it to the host.")]
    [Range(0.5, 1.0)]
    public double EndOfTurnThreshold { get; init; } = 0.7;

    [Description("Confidence from which Flux guesses early that a turn is over, so that the answer can be prepared; at most the end-of-turn threshold. Not set: no guesses.")]
    [Range(0.3, 0.9)]
    public double? EagerEndOfTurnThreshold { get; init; }

    [Description("Silence after which Flux ends a turn whatever its confidence, in milliseconds.")]
    [Range(500, 60_000)]
    public int EndOfTurnTimeoutMs { get; init; } = 5000;

    [Description("Keeps the audio out of Deepgram's model improvement program, which costs more.")]
    public bool OptOutOfModelImprovement { get; init; }

    [Description("The API key; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => DeepgramKey.Check(BaseUrl, ApiKey);
}
