using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that understands every utterance at once, so that what is measured is the loop alone. Its words are plainly complete.</summary>
internal sealed class InstantSpeechToText : IBatchSpeechToText
{
    private static readonly Transcript Words = new("What time is it?") { Language = "en" };

    public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Words);
    }
}
