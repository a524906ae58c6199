using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.ElevenLabs;

/// <summary>A multi-stream-input socket: up to five contexts, each of which speaks its texts when they are flushed.</summary>
internal sealed class FakeContexts(FakeElevenLabs vendor, IQueryCollection query)
{
    private const int MillisecondsPerCharacter = 60;

    /// <summary>Characters of one message of audio.</summary>
    private const int Piece = 9;

    private readonly Dictionary<string, string> _contexts = [];

    private int BytesPerCharacter => FakeElevenLabs.SampleRate(query) * MillisecondsPerCharacter / 1000 * sizeof(short);

    public async Task ServeAsync(FakeSocket socket)
    {
        if (query["model_id"].ToString() is var model && (model.StartsWith("eleven_v3", StringComparison.Ordinal) || model.StartsWith("eleven_v4", StringComparison.Ordinal)))
        {
            await RefuseAsync(socket, "unsupported_model", "This model is not served here.");
            return;
        }

        while (await socket.ReceiveAsync() is var (isText, data))
        {
            using var message = JsonDocument.Parse(isText ? data : "{}"u8.ToArray());
            var root = message.RootElement;
            if (root.TryGetProperty("close_socket", out _))
            {
                await socket.CloseAsync(1000);
                return;
            }

            var context = root.TryGetProperty("context_id", out var id) ? id.GetString()! : "default";
            if (root.TryGetProperty("close_context", out _))
            {
                await SpeakAsync(socket, context);
                await socket.SayAsync(Say(context, new JsonObject { ["isFinal"] = true }));
                _contexts.Remove(context);
            }
            else if (!root.TryGetProperty("text", out var text))
            {
                await RefuseAsync(socket, "invalid_message", "The message has no text.");
                return;
            }
            else if (!await TakeAsync(socket, root, context, text.GetString()!))
            {
                return;
            }
        }
    }

    private async Task<bool> TakeAsync(FakeSocket socket, JsonElement root, string context, string text)
    {
        if (!_contexts.TryGetValue(context, out var waiting))
        {
            if (_contexts.Count == 5 || text != " ")
            {
                await RefuseAsync(socket, "invalid_message", _contexts.Count == 5 ? "Too many contexts." : "A context begins with a blank.");
                return false;
            }

            _contexts[context] = "";
            return true;
        }

        if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
        {
            vendor.Violate("a text that ends without a blank");
        }

        _contexts[context] = waiting + text;
        if (root.TryGetProperty("flush", out var flush) && flush.GetBoolean())
        {
            await SpeakAsync(socket, context);
        }

        return true;
    }

    private async Task SpeakAsync(FakeSocket socket, string context)
    {
        var text = _contexts.GetValueOrDefault(context, "");
        _contexts[context] = "";
        var audio = FakeSpeech.Pcm(text, FakeElevenLabs.SampleRate(query));
        var sent = 0;
        for (var start = 0; start < text.Length; start += Piece)
        {
            var end = Math.Min(text.Length, start + Piece);
            // All but the last split a sample.
            var bytes = end == text.Length ? audio.Length : (end * BytesPerCharacter) - 1;
            var alignment = new JsonObject
            {
                ["chars"] = new JsonArray([.. text[start..end].Select(letter => (JsonNode)letter.ToString())]),
                [vendor.WritesAsSeen ? "charStartTimesMs" : "charsStartTimesMs"] = Numbers(end - start, i => i * MillisecondsPerCharacter),
                [vendor.WritesAsSeen ? "charDurationsMs" : "charsDurationsMs"] = Numbers(end - start, _ => MillisecondsPerCharacter),
            };
            await socket.SayAsync(Say(context, new JsonObject
            {
                ["audio"] = Convert.ToBase64String(audio.AsSpan(sent, bytes - sent)),
                ["isFinal"] = null,
                ["alignment"] = alignment,
                ["normalizedAlignment"] = alignment.DeepClone(),
            }));
            sent = bytes;
        }
    }

    private static JsonArray Numbers(int count, Func<int, int> number) => new([.. Enumerable.Range(0, count).Select(i => (JsonNode)number(i))]);

    private string Say(string context, JsonObject message)
    {
        message[vendor.WritesAsSeen ? "context_id" : "contextId"] = context;
        return message.ToJsonString();
    }

    private async Task RefuseAsync(FakeSocket socket, string error, string message)
    {
        vendor.Violate(message);
        await socket.SayAsync(new JsonObject { ["message"] = message, ["error"] = error, ["code"] = 1008 }.ToJsonString());
        await socket.CloseAsync(1008, message);
    }
}
