using System.Text;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Testing.Conformance;

/// <summary>All that a text-to-speech session said.</summary>
internal sealed record Spoken(IReadOnlyList<SpeechChunk> Chunks)
{
    public AudioFormat Format => Chunks[0].Audio.Format;

    public short[] Samples => [.. Chunks.SelectMany(chunk => chunk.Audio.Samples.ToArray())];

    public TimeSpan Duration => TimeSpan.FromTicks(Chunks.Sum(chunk => chunk.Audio.Duration.Ticks));

    /// <summary>Null where the provider gives no alignment.</summary>
    public string? Text => Chunks.Any(chunk => chunk.SpokenText is null) ? null : string.Concat(Chunks.Select(chunk => chunk.SpokenText));

    /// <summary>Root mean square of the samples; speech of normal loudness has some thousands, silence some tens.</summary>
    public double Loudness => Math.Sqrt(Samples.Average(sample => (double)sample * sample));

    public static async Task<Spoken> ReadAsync(IDuplexSession<string, SpeechChunk> session, CancellationToken ct = default)
    {
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in session.ReadAsync(ct))
        {
            chunks.Add(chunk);
        }

        return new Spoken(chunks);
    }

    /// <summary>Sends pieces and completes while the speech is read: a session may hold a writer back until somebody listens.</summary>
    public static async Task<Spoken> SayAsync(ITextToSpeech speech, TextToSpeechRequest request, params IEnumerable<string> pieces)
    {
        await using var session = await speech.OpenAsync(request, default);
        var reading = ReadAsync(session);
        foreach (var piece in pieces)
        {
            await session.SendAsync(piece, default);
        }

        await session.CompleteAsync(default);
        return await Bounded.Within(reading, "Speaking");
    }
}
