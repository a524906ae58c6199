using System.Globalization;
using System.Text.Json;
using Aico.Testing.Vendors;

namespace Aico.Testing.Deepgram;

/// <summary>A /v1/listen stream: it hears one utterance in whatever is loud.</summary>
internal sealed class FakeNova(FakeVendor vendor)
{
    private const double BytesPerSecond = 32_000;

    private int _bytes;
    private int _finalBytes;
    private int _shownBytes;
    private bool _isLoud;

    public static string Results(double start, double end, string text, bool isFinal, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"type":"Results","channel_index":[0,1],"duration":{{{end - start:0.000}}},"start":{{{start:0.000}}},"is_final":{{{(isFinal ? "true" : "false")}}}{{{more}}},
         "channel":{"alternatives":[{"transcript":"{{{text}}}","confidence":0.98,"words":[{{{Words(start, text)}}}]}]},"metadata":{"request_id":"r","model_uuid":"u"}}
        """);

    public async Task ServeAsync(FakeSocket socket)
    {
        while (await socket.ReceiveAsync() is var (isText, data))
        {
            if (!isText && data.Length == 0)
            {
                vendor.Violate("an empty audio message ends the stream");
            }
            else if (!isText)
            {
                await HearAsync(socket, data);
                continue;
            }

            using var message = isText ? JsonDocument.Parse(data) : null;
            switch (message?.RootElement.GetProperty("type").GetString())
            {
                case "KeepAlive":
                    break;
                case "Finalize":
                    await socket.SayAsync(Final(",\"from_finalize\":true"));
                    break;
                case "CloseStream":
                    await socket.SayInPiecesAsync(Final(",\"speech_final\":true"), 17);
                    await socket.SayAsync("""{"type":"Metadata","request_id":"r","duration":1,"channels":1,"transaction_key":"deprecated"}""");
                    await socket.CloseAsync(1000);
                    return;
                default:
                    vendor.Violate("a message that Deepgram does not know");
                    await socket.CloseAsync(1008, "DATA-0000");
                    return;
            }
        }
    }

    private static string Words(double start, string text) => string.Join(',', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"word":"{{word}}","start":{{start + (i * 0.2):0.0}},"end":{{start + (i * 0.2) + 0.1:0.0}},"confidence":0.9}""")));

    private async Task HearAsync(FakeSocket socket, byte[] data)
    {
        _bytes += data.Length;
        _isLoud |= FakeSpeech.IsLoud(data);
        if (_bytes - _shownBytes > BytesPerSecond / 2)
        {
            _shownBytes = _bytes;
            await socket.SayAsync(Results(_finalBytes / BytesPerSecond, _bytes / BytesPerSecond, _isLoud ? "ten of" : "", isFinal: false));
        }
    }

    private string Final(string more)
    {
        var result = Results(_finalBytes / BytesPerSecond, _bytes / BytesPerSecond, _isLoud ? FakeSpeech.Heard : "", isFinal: true, more);
        (_finalBytes, _shownBytes, _isLoud) = (_bytes, _bytes, false);
        return result;
    }
}
