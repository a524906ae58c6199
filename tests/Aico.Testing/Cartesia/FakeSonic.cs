using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Testing.Vendors;

namespace Aico.Testing.Cartesia;

/// <summary>A /tts/websocket: contexts that speak their transcripts as they come, with the times of words behind the first audio.</summary>
internal sealed class FakeSonic(FakeCartesia vendor, string version)
{
    private const double SecondsPerCharacter = 0.06;

    private readonly Dictionary<string, Context> _contexts = [];

    public async Task ServeAsync(FakeSocket socket)
    {
        while (await socket.ReceiveAsync() is var (isText, data))
        {
            using var message = JsonDocument.Parse(isText ? data : "{}"u8.ToArray());
            var root = message.RootElement;
            var id = root.TryGetProperty("context_id", out var found) ? found.GetString()! : "";
            if (root.TryGetProperty("cancel", out _))
            {
                _contexts.Remove(id);
                continue;
            }

            var fault = id.Length == 0 ? "context_id" : FakeCartesia.FindFault(root, version);
            fault ??= FakeCartesia.SampleRate(root) > 0 ? null : "output_format";
            fault ??= _contexts.TryGetValue(id, out var known) && known.Fixed != Fixed(root) ? "A context cannot change." : null;
            if (fault is not null)
            {
                vendor.Violate(fault);
                await RefuseAsync(socket, id, 400, "invalid_request", fault);
                continue;
            }

            if (root.GetProperty("model_id").GetString()!.StartsWith("sonic-2", StringComparison.Ordinal))
            {
                await RefuseAsync(socket, id, 400, "model_sunsetted", "This model is no longer served.", "Model sunsetted");
                continue;
            }

            await TakeAsync(socket, id, root);
        }
    }

    /// <summary>An error of a context; versions without codes write it in one text.</summary>
    private async Task RefuseAsync(FakeSocket socket, string id, int status, string code, string message, string title = "Refused")
    {
        var error = new JsonObject { ["type"] = "error", ["done"] = true, ["status_code"] = status, ["context_id"] = id };
        if (FakeCartesia.HasCodes(version))
        {
            (error["error_code"], error["title"], error["message"], error["request_id"]) = (code, title, message, "r");
        }
        else
        {
            error["error"] = $"{title}: {message}";
        }

        _contexts.Remove(id);
        await socket.SayAsync(error.ToJsonString());
    }

    private static string Fixed(JsonElement request) =>
        string.Join('|', new[] { "model_id", "voice", "output_format", "language" }.Select(name => request.TryGetProperty(name, out var value) ? value.GetRawText() : ""));

    private async Task TakeAsync(FakeSocket socket, string id, JsonElement request)
    {
        if (!_contexts.TryGetValue(id, out var context))
        {
            _contexts[id] = context = new Context(Fixed(request));
        }

        context.Waiting += request.GetProperty("transcript").GetString();
        var isLast = !request.TryGetProperty("continue", out var more) || !more.GetBoolean();
        var isFlush = request.TryGetProperty("flush", out var flush) && flush.GetBoolean();
        var waits = !request.TryGetProperty("max_buffer_delay_ms", out var delay) || delay.GetInt32() > 0;
        if (isLast || isFlush || !waits)
        {
            await SpeakAsync(socket, id, context, request);
        }

        if (isFlush)
        {
            await socket.SayAsync(Say(id, "flush_done", new() { ["flush_done"] = true, ["flush_id"] = 1, ["status_code"] = 206, ["done"] = false }));
        }

        if (isLast)
        {
            _contexts.Remove(id);
            await socket.SayAsync(Say(id, "done", new() { ["done"] = true, ["status_code"] = 200 }));
        }
    }

    private static async Task SpeakAsync(FakeSocket socket, string id, Context context, JsonElement request)
    {
        var text = context.Waiting;
        context.Waiting = "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        var audio = FakeSpeech.Pcm(text, FakeCartesia.SampleRate(request));
        // All but the last split a sample.
        var size = (audio.Length / 4) | 1;
        for (var start = 0; start < audio.Length; start += size)
        {
            var data = Convert.ToBase64String(audio.AsSpan(start, Math.Min(size, audio.Length - start)));
            await socket.SayAsync(Say(id, "chunk", new() { ["data"] = data, ["done"] = false, ["status_code"] = 206, ["step_time"] = 12.5 }));
            if (start == 0 && request.TryGetProperty("add_timestamps", out var add) && add.GetBoolean())
            {
                await socket.SayAsync(Say(id, "timestamps", new() { ["done"] = false, ["status_code"] = 206, ["word_timestamps"] = Words(text, context.Spoken) }));
            }
        }

        context.Spoken += text.Length;
    }

    /// <summary>Times count from the first audio of the context.</summary>
    private static JsonObject Words(string text, int spoken)
    {
        var (words, starts, ends) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf(' ', at);
            end = end < 0 ? text.Length : end;
            if (end > at)
            {
                words.Add(text[at..end]);
                starts.Add((spoken + at) * SecondsPerCharacter);
                ends.Add((spoken + end) * SecondsPerCharacter);
            }

            at = end + 1;
        }

        return new JsonObject { ["words"] = words, ["start"] = starts, ["end"] = ends };
    }

    private static string Say(string id, string type, JsonObject message)
    {
        (message["type"], message["context_id"]) = (type, id);
        return message.ToJsonString();
    }

    private sealed class Context(string unchanging)
    {
        public string Fixed => unchanging;

        public string Waiting { get; set; } = "";

        /// <summary>Characters.</summary>
        public int Spoken { get; set; }
    }
}
