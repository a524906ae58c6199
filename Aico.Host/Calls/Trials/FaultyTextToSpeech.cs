using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Calls.Trials;

/// <summary>Text-to-speech that suffers a fault.</summary>
internal sealed class FaultyTextToSpeech(ITextToSpeech inner, InjectedFault fault, TimeProvider time) : ITextToSpeech
{
    public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        await fault.MeetRequestAsync(time, ct);
        return new FaultySession<string, SpeechChunk>(await inner.OpenAsync(request, ct), fault, time);
    }

    public ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct) => inner.PrepareAsync(request, ct);
}
