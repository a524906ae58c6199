using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Piper;

internal sealed record PiperSettings
{
    [Description("The server's address.")]
    [Url]
    public string BaseUrl { get; init; } = "http://127.0.0.1:5000";

    [Description("A voice that the server has, such as en_US-lessac-medium. Empty: the server's own. Servers of rhasspy/piper have one voice only.")]
    public string Voice { get; init; } = "";

    [Description("A speaker of a voice with several, by name.")]
    public string Speaker { get; init; } = "";

    [Description("A speaker of a voice with several, by number; it counts before the name.")]
    [Range(0, 10_000)]
    public int? SpeakerId { get; init; }

    [Description("Length of the speech: 1 is the voice's own, more is slower.")]
    [Range(0.1, 5.0)]
    public double? LengthScale { get; init; }

    [Description("Variation of the sound.")]
    [Range(0.0, 2.0)]
    public double? NoiseScale { get; init; }

    [Description("Variation of the rhythm.")]
    [Range(0.0, 2.0)]
    public double? NoiseWidthScale { get; init; }
}
