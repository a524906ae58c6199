using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Moonshine;

/// <summary>
/// The two networks and the vocabulary: 80 MB and half a second to load, shared by all calls. Safe for concurrent use; each
/// transcription runs on the thread that asked.
/// </summary>
internal sealed class MoonshineModel : IDisposable
{
    // Nobody speaks faster, so more tokens mean that the model goes round in circles. The constant leaves room for one short word.
    private const double TokensPerSecond = 6.5;
    private const int ExtraTokens = 2;

    private readonly OnnxRuntime _runtime;
    private readonly OnnxSession _encoder;
    private readonly OnnxSession _decoder;
    private readonly OnnxFunction _encode;
    private readonly MoonshineDecoder _decode;
    private readonly Vocabulary _vocabulary;

    /// <summary>Loads the model.</summary>
    /// <exception cref="ProviderException">A file cannot be used.</exception>
    public MoonshineModel(MoonshineFiles files)
    {
        _runtime = OnnxRuntime.Load(files.Library);
        _vocabulary = Vocabulary.Load(files.Vocabulary);
        _encoder = new(_runtime, files.Encoder);
        _decoder = new(_runtime, files.Decoder);
        _encode = new(_encoder, ["input_values"], ["last_hidden_state"]);
        _decode = new(_runtime, _decoder);
    }

    /// <summary>Reads speech of at most <see cref="UtteranceSplitter.Longest"/>. Silence and noise give an empty text.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; seen between two operators of a network.</exception>
    public string Transcribe(ReadOnlySpan<short> speech, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var stop = new OnnxRunOptions(_runtime);
        using var registration = ct.UnsafeRegister(static state => ((OnnxRunOptions)state!).Terminate(), stop);
        try
        {
            using var heard = Encode(speech, stop);
            var limit = (int)Math.Ceiling(AudioFormat.Speech.DurationOf(speech.Length).TotalSeconds * TokensPerSecond) + ExtraTokens;
            return _vocabulary.TextOf(_decode.Run(heard, limit, stop, ct));
        }
        catch (ProviderException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _decode.Dispose();
        _decoder.Dispose();
        _encoder.Dispose();
    }

    private OnnxValue Encode(ReadOnlySpan<short> speech, OnnxRunOptions stop)
    {
        using var samples = OnnxTensor<float>.Zeros(_runtime, 1, speech.Length);
        var elements = samples.Elements;
        for (var i = 0; i < speech.Length; i++)
        {
            elements[i] = speech[i] / 32768f;
        }

        OnnxValue?[] encoded = [null];
        _encode.Run([samples], encoded, stop);
        return encoded[0]!;
    }
}
