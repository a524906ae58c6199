using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.HttpSpeech;

/// <summary>
/// Speaks a piece with one request, whose answer is PCM (or a WAV file around it) that is given on as it comes. The text of a piece
/// goes out with its first audio, since such answers tell nothing about the times of words.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="format">The only format that an answer may have; null: every answer is a WAV file, and the first one says.</param>
/// <param name="request">Makes the request for a piece.</param>
internal sealed class HttpVoice(VendorHttp http, AudioFormat? format, Func<string, HttpRequestMessage> request) : ISentenceVoice
{
    /// <summary>
    /// 85 ms at 24 kHz. The first read takes what is there; later ones wait for half as much, so that a stream of tiny packets does
    /// not fill the session's queue.
    /// </summary>
    private const int BlockBytes = 4096;

    /// <summary>True where an answer need not say what it is.</summary>
    private readonly bool _isBare = format is not null;
    private AudioFormat? _format = format;

    public AudioFormat Format => _format ?? AudioFormat.Speech;

    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string piece, [EnumeratorCancellation] CancellationToken ct)
    {
        const string BrokeOff = "broke off its speech";
        using var message = request(piece);
        var url = message.RequestUri!;
        using var response = await http.SendAsync(message, ct);
        // The page of a proxy would be played as noise. A WAV file says by itself what it is: Piper calls its own text/html.
        if (response.Content.Headers.ContentType?.MediaType is { } type
            && (type is "application/json" or "application/xml" || (_isBare && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))))
        {
            throw http.Errors.Garbage(type == "application/json" ? "JSON where audio was asked for" : $"{type} where audio was asked for");
        }

        await using var body = await http.GuardAsync(() => response.Content.ReadAsStreamAsync(ct), url, BrokeOff, ct);
        var buffer = new byte[BlockBytes];
        var (characters, least) = (piece.Length, 2);
        var (carried, found) = await http.GuardAsync(() => PcmHeader.SkipAsync(body, buffer, http.Errors, ct), url, BrokeOff, ct);
        Check(found);
        for (var ended = false; !ended;)
        {
            var wanted = Math.Max(1, least - carried);
            var got = await http.GuardAsync(
                () => body.ReadAtLeastAsync(buffer.AsMemory(carried), wanted, throwOnEndOfStream: false, ct).AsTask(), url, BrokeOff, ct);
            ended = got < wanted;
            var count = carried + got;
            if (count > 1)
            {
                yield return new SpokenAudio(MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, count & ~1)).ToArray(), characters);
                (characters, least) = (0, BlockBytes / 2);
            }

            // A sample that the network split waits for its other half.
            carried = count & 1;
            buffer[0] = carried > 0 ? buffer[count - 1] : buffer[0];
        }

        if (characters > 0)
        {
            throw http.Errors.Garbage("no audio");
        }
    }

    private void Check(AudioFormat? found)
    {
        _format ??= found ?? throw http.Errors.Garbage("something that is no WAV file");
        if (found is { } format && format != _format)
        {
            throw http.Errors.Garbage($"audio of {format.SampleRate} Hz instead of {_format.Value.SampleRate} Hz");
        }
    }
}
