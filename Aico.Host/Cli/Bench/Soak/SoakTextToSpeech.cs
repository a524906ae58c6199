using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls.Trials;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Text-to-speech of which each session may suffer.</summary>
internal sealed class SoakTextToSpeech(ITextToSpeech inner, SoakFaults faults, TimeProvider time) : ITextToSpeech
{
    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
        (faults.Next() is { } fault ? new FaultyTextToSpeech(inner, fault, time) : inner).OpenAsync(request, ct);
}
