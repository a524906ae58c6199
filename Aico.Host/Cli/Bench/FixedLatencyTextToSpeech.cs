using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that speaks a steady tone without a pause, at the pace of <see cref="FixedLatency"/>: whatever is missing of it is heard.</summary>
internal sealed class FixedLatencyTextToSpeech(TimeProvider time) : ITextToSpeech
{
    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
        ValueTask.FromResult<IDuplexSession<string, SpeechChunk>>(new FixedLatencySpeaking(time));
}
