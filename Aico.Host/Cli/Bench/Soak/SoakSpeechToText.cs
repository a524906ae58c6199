using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Trials;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Speech-to-text of which each request may suffer.</summary>
internal sealed class SoakSpeechToText(IBatchSpeechToText inner, SoakFaults faults, TimeProvider time) : IBatchSpeechToText
{
    public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
        (faults.Next() is { } fault ? FaultySpeechToText.Of(SpeechToTextProvider.Of(inner), fault, time).Batch : inner).TranscribeAsync(utterance, request, ct);
}
