using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.Speech;

namespace Aico.Plugins.Espeak;

/// <summary>
/// Speaks a piece with one run of the program: first audio after about 13 ms, all of a sentence after 20. The program tells
/// nothing about the times of words, so the text of a piece goes out with its first audio.
/// </summary>
internal sealed class EspeakVoice(string program, string voice, EspeakSettings settings) : ISentenceVoice
{
    /// <summary>Of every voice that is not a foreign (MBROLA) one, in hertz.</summary>
    public const int SampleRate = 22_050;

    /// <summary>
    /// 370 ms of audio. The first read takes what is there; after it, blocks of this size let a piece fit into the session's queue,
    /// so that the program never waits for the listener.
    /// </summary>
    private const int BlockBytes = 16_384;

    public AudioFormat Format { get; } = new(SampleRate, 1);

    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string piece, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var run = EspeakRun.Start(program, voice, settings, ct);
        await run.WriteAsync(piece, ct);
        var characters = piece.Length;
        if (await WavHeader.ReadAsync(run.Audio, Format, ct))
        {
            var buffer = new byte[BlockBytes];
            for (var least = 2; await ReadAsync(run.Audio, buffer, least, ct) is > 0 and var count; least = BlockBytes)
            {
                yield return new SpokenAudio(MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, count)).ToArray(), characters);
                characters = 0;
            }
        }

        await run.EndAsync(ct);
        if (characters == 0)
        {
            yield return new SpokenAudio(new short[Format.SamplesIn(Pauses.After(piece, settings.SentencePauseMs, settings.ClausePauseMs))], 0);
        }
    }

    /// <summary>Reads whole samples; 0 at the end.</summary>
    private static async ValueTask<int> ReadAsync(Stream audio, byte[] buffer, int least, CancellationToken ct)
    {
        var count = await audio.ReadAtLeastAsync(buffer, least, throwOnEndOfStream: false, ct);
        if ((count & 1) != 0)
        {
            count += await audio.ReadAsync(buffer.AsMemory(count, 1), ct);
        }

        return count & ~1;
    }
}
