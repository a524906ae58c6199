using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Flite;

internal sealed record FliteSettings
{
    [Description("The voice: slt (female), rms and awb (male), or the plain but very fast kal16 (16 kHz) and kal (8 kHz).")]
    [AllowedValues("slt", "rms", "awb", "kal16", "kal")]
    public string Voice { get; init; } = "slt";

    [Description("How fast it speaks; 1 is the voice's own pace, 2 twice as fast.")]
    [Range(0.5, 2.0)]
    public double Rate { get; init; } = 1;

    [Description("Silence kept before the first word of each piece, in milliseconds. The voices begin with 140 to 320 ms of it, which the caller would wait for.")]
    [Range(0, 500)]
    public int LeadingSilenceMs { get; init; } = 20;

    [Description("Pause after a sentence, in milliseconds.")]
    [Range(0, 2000)]
    public int SentencePauseMs { get; init; } = 250;

    [Description("Pause after a clause that is spoken by itself, in milliseconds.")]
    [Range(0, 2000)]
    public int ClausePauseMs { get; init; } = 120;
}
