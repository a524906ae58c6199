using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that has two seconds of speech for every piece of text at once.</summary>
internal sealed class InstantTextToSpeech : ITextToSpeech
{
    /// <summary>The rate that the transport plays at, so that no resampling of speech that nobody made is measured.</summary>
    private static readonly AudioFormat Format = new(24_000, 1);

    /// <summary>A quiet tone: that it is not silence lets a fault show where somebody listens.</summary>
    public static ReadOnlyMemory<short> Speech { get; } = (short[])[.. Enumerable.Range(0, 2 * 24_000).Select(i => (short)(1000 * Math.Sin(i * 0.05)))];

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
        ValueTask.FromResult<IDuplexSession<string, SpeechChunk>>(new InstantSpeechSession(new AudioFrame(Format, Speech, TimeSpan.Zero)));
}
