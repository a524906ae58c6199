using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Vosk;

/// <summary>
/// The server's protocol: the configuration has no reply, and each message after it has exactly one. The server compares the texts of
/// reset and eof letter by letter, blanks included, and drops the connection over any other.
/// </summary>
internal sealed class VoskProtocol : IListeningProtocol
{
    private readonly VendorErrors _errors;
    private readonly Queue<TimeSpan> _unanswered = new();
    private TimeSpan _sent;
    private TimeSpan _heard;
    private int _flushes;
    private bool _hasInterim;

    public VoskProtocol(VoskSettings settings, AudioFormat format, VendorErrors errors)
    {
        _errors = errors;
        if (settings.SendConfiguration)
        {
            var config = new Dictionary<string, object> { ["sample_rate"] = format.SampleRate, ["words"] = settings.Words, ["max_alternatives"] = 0 };
            if (settings.Phrases.Count > 0)
            {
                config["phrase_list"] = settings.Phrases;
            }

            if (settings.Model.Length > 0)
            {
                config["model"] = settings.Model;
            }

            Opening = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["config"] = config });
        }
    }

    public TimeSpan MessageLength { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A second of audio: a server that is slower than speech then holds the writer, and its replies do not lag behind.</summary>
    public int? MessagesInFlight => 10;

    public ReadOnlyMemory<byte> Opening { get; }

    public ReadOnlyMemory<byte> Completion { get; } = """{"eof" : 1}"""u8.ToArray();

    private static ReadOnlyMemory<byte> Reset { get; } = """{"reset" : 1}"""u8.ToArray();

    public void Sending(TimeSpan until) => _unanswered.Enqueue(_sent = until);

    public ReadOnlyMemory<byte> Flush(AudioClock clock, ICollection<TranscriptEvent> events)
    {
        // Before the first audio the server has no recognizer that could be reset.
        if (_sent == TimeSpan.Zero)
        {
            return default;
        }

        _flushes++;
        _unanswered.Enqueue(_sent);
        return Reset;
    }

    public void Take(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        _heard = _unanswered.TryDequeue(out var until) ? until : _sent;
        var at = clock.At(_heard.TotalSeconds);
        if (message.TryGetProperty("partial", out var partial))
        {
            var text = partial.GetString()!.Trim();
            if (text.Length > 0 || _hasInterim)
            {
                events.Add(new InterimTranscript(at, text));
            }

            _hasInterim = text.Length > 0;
        }
        else if (message.TryGetProperty("alternatives", out var alternatives))
        {
            TakeFinal(alternatives[0], at, clock, events);
        }
        else if (message.TryGetProperty("text", out _))
        {
            TakeFinal(message, at, clock, events);
        }
    }

    public ProviderException Closed(int? status, string? description) => _errors.Closed(status, description, ProviderFailure.Unavailable);

    private void TakeFinal(JsonElement result, TimeSpan at, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        var text = result.GetProperty("text").GetString()!.Trim();
        // A reset is asked for after silence, so its reply is the only one that can come while one is awaited, but for a pause just before.
        var isFlush = _flushes > 0;
        _flushes -= isFlush ? 1 : 0;
        if (text.Length > 0 || _hasInterim || isFlush)
        {
            events.Add(new FinalTranscript(at, new Transcript(text) { Words = ReadWords(result, clock) }));
        }

        if (text.Length > 0)
        {
            events.Add(new SpeechEnded(at));
        }

        _hasInterim = false;
    }

    private static List<TranscriptWord> ReadWords(JsonElement result, AudioClock clock) =>
        result.TryGetProperty("result", out var words)
            ? [.. words.EnumerateArray().Select(word => new TranscriptWord(
                word.GetProperty("word").GetString()!, clock.At(word.GetProperty("start").GetDouble()), clock.At(word.GetProperty("end").GetDouble())))]
            : [];
}
