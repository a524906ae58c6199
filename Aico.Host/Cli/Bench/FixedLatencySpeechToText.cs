using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that understands the same complete question in every utterance, 100 ms after the end of the speech in the audio.</summary>
internal sealed class FixedLatencySpeechToText : ISpeechToText
{
    public ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct) =>
        ValueTask.FromResult<IDuplexSession<AudioFrame, TranscriptEvent>>(new FixedLatencyHearing());
}
