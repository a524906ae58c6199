using System.Globalization;
using System.Text.Json;
using Aico.Testing.Vendors;

namespace Aico.Testing.Deepgram;

/// <summary>A /v2/listen stream: one turn in whatever is loud, and no end of it on a close.</summary>
internal sealed class FakeFlux(FakeVendor vendor)
{
    private const double BytesPerSecond = 32_000;

    private int _bytes;
    private bool _isLoud;

    public static string Turn(string name, int turn, double end, string text) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"TurnInfo","request_id":"r","sequence_id":1,"event":"{{name}}","turn_index":{{turn}},"audio_window_start":0.0,"audio_window_end":{{end:0.000}},"transcript":"{{text}}","words":[{{Words(text)}}],"end_of_turn_confidence":0.4}""");

    public async Task ServeAsync(FakeSocket socket)
    {
        await socket.SayAsync("""{"type":"Connected","request_id":"r","sequence_id":0}""");
        while (await socket.ReceiveAsync() is var (isText, data))
        {
            if (!isText)
            {
                _bytes += data.Length;
                var wasLoud = _isLoud;
                _isLoud |= FakeSpeech.IsLoud(data);
                await socket.SayAsync(Turn(_isLoud && !wasLoud ? "StartOfTurn" : "Update", 0, _bytes / BytesPerSecond, _isLoud ? FakeSpeech.Heard : ""));
                continue;
            }

            using var message = JsonDocument.Parse(data);
            if (message.RootElement.GetProperty("type").GetString() != "CloseStream")
            {
                vendor.Violate("Flux has neither KeepAlive nor Finalize");
                await socket.SayAsync("""{"type":"Error","sequence_id":1,"code":"UNPARSABLE_CLIENT_MESSAGE","description":"unknown message"}""");
            }

            // The vendor closes without a code, which a client of .NET sees as 1000, and Kestrel cannot do.
            await socket.CloseAsync(1000);
            return;
        }
    }

    /// <summary>Flux gives no times of words.</summary>
    private static string Words(string text) =>
        string.Join(',', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $$"""{"word":"{{word}}","confidence":0.9}"""));
}
