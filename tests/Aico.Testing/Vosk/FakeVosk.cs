using System.Text;
using System.Text.Json;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Vosk;

/// <summary>
/// The loop of vosk-server's asr_server.py: one reply per message of audio, a reply of many lines with blanks round the colons, and
/// close 1011 over any text that it does not know letter by letter.
/// </summary>
internal sealed class FakeVosk : FakeVendor
{
    /// <summary>Takes the place of the server's loop.</summary>
    public Func<FakeSocket, Task>? Listen { get; set; }

    /// <summary>Sizes of the audio messages, in bytes.</summary>
    public List<int> Audio { get; } = [];

    protected override Task AnswerAsync(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest ? ServeAsync(context, Listen ?? ListenAsync) : RefuseAsync(context, 426, "");

    private async Task ListenAsync(FakeSocket socket)
    {
        var (isLoud, bytes, isConfigured) = (false, 0, false);
        while (await socket.ReceiveAsync() is var (isText, data))
        {
            var text = isText ? Encoding.UTF8.GetString(data) : "";
            switch (text)
            {
                case "":
                    lock (Audio)
                    {
                        Audio.Add(data.Length);
                    }

                    bytes += data.Length;
                    isLoud |= FakeSpeech.IsLoud(data);
                    await socket.SayAsync(isLoud ? "{\n  \"partial\" : \"ten of\"\n}" : "{\n  \"partial\" : \"\"\n}");
                    break;
                case """{"eof" : 1}""" or """{"reset" : 1}""":
                    await socket.SayAsync(Result(isLoud));
                    isLoud = false;
                    if (text.Contains("eof", StringComparison.Ordinal))
                    {
                        await socket.CloseAsync(1000);
                        return;
                    }

                    break;
                case var config when config.Contains("config", StringComparison.Ordinal) && bytes == 0 && !isConfigured && IsGood(config):
                    isConfigured = true;
                    break;
                default:
                    Violate($"the handler throws over {text}");
                    await socket.CloseAsync(1011);
                    return;
            }
        }
    }

    private static bool IsGood(string config)
    {
        using var json = JsonDocument.Parse(config);
        return json.RootElement.GetProperty("config").GetProperty("sample_rate").GetInt32() == 16_000;
    }

    private static string Result(bool isLoud) => !isLoud ? "{\n  \"text\" : \"\"\n}" : """
        {
          "result" : [{
              "conf" : 1.000000,
              "end" : 0.300000,
              "start" : 0.100000,
              "word" : "ten"
            }, {
              "conf" : 0.900000,
              "end" : 0.500000,
              "start" : 0.300000,
              "word" : "of"
            }, {
              "conf" : 0.900000,
              "end" : 0.900000,
              "start" : 0.500000,
              "word" : "clubs"
            }],
          "text" : "ten of clubs"
        }
        """;
}
