using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Espeak;

internal sealed record EspeakSettings
{
    [Description("The language where a call names none, as a BCP 47 tag.")]
    public string Language { get; init; } = "en-US";

    [Description("A voice by espeak-ng's own name, such as en-gb-scotland or en-us+f3 (a variant). Empty: the language's voice.")]
    public string Voice { get; init; } = "";

    [Description("Speed in words per minute.")]
    [Range(80, 450)]
    public int WordsPerMinute { get; init; } = 165;

    [Description("Pitch; 50 is the voice's own.")]
    [Range(0, 99)]
    public int Pitch { get; init; } = 50;

    [Description("Pause after a sentence, in milliseconds.")]
    [Range(0, 2000)]
    public int SentencePauseMs { get; init; } = 250;

    [Description("Pause after a clause that is spoken by itself, in milliseconds.")]
    [Range(0, 2000)]
    public int ClausePauseMs { get; init; } = 120;
}
