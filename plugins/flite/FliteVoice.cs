using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.Speech;

namespace Aico.Plugins.Flite;

/// <summary>
/// Speaks a piece on a thread of its own: native work of 10 to 300 ms, which would starve the pool that all calls share. A new
/// thread costs about 0.1 ms, and none outlives its piece; as many work at once as there are processors, first come first served.
/// </summary>
internal sealed class FliteVoice(FliteLibrary library, nint voice, int sampleRate, FliteSettings settings) : ISentenceVoice
{
    /// <summary>100 ms each: more than six minutes, longer than any piece speaks.</summary>
    private const int MaximumBlocks = 4096;

    private static readonly SemaphoreSlim Processors = new(Math.Max(2, Environment.ProcessorCount));

    public AudioFormat Format { get; } = new(sampleRate, 1);

    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string piece, [EnumeratorCancellation] CancellationToken ct)
    {
        var text = EnglishText.From(piece);
        if (!text.HasWords)
        {
            if (text.HasForeignLetters)
            {
                throw new ProviderException(
                    ProviderFailure.InvalidRequest, "flite speaks English in Latin letters only. For other languages choose espeak.");
            }

            yield break;
        }

        // The native thread cannot wait for a slow listener, so a piece fits as a whole.
        var blocks = Channel.CreateBounded<SpokenAudio>(
            new BoundedChannelOptions(MaximumBlocks) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
        await Processors.WaitAsync(ct);
        var work = Task.Factory.StartNew(
            () => Synthesize(text, piece.Length, blocks.Writer, ct),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        await foreach (var block in blocks.Reader.ReadAllAsync(ct))
        {
            yield return block;
        }

        // Throws where flite failed. After a cancellation nobody waits: the thread gives up at its next samples.
        await work;
    }

    private void Synthesize(EnglishText text, int length, ChannelWriter<SpokenAudio> writer, CancellationToken ct)
    {
        try
        {
            var blocks = new WordBlocks(text, length, sampleRate, settings, writer.TryWrite);
            new FliteSynthesis(library, voice, 1 / settings.Rate, blocks, ct).Run(text.Ascii);
        }
        finally
        {
            Processors.Release();
            writer.TryComplete();
        }
    }
}
