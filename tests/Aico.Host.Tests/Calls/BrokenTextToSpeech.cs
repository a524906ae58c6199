using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Tests.Calls;

internal sealed class BrokenTextToSpeech(Exception error) : ITextToSpeech
{
    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) => throw error;
}
