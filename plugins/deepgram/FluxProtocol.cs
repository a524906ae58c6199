using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Deepgram;

/// <summary>
/// Flux, version 2: the model says when a turn begins and ends, and repeats the turn's whole text about every 250 ms. It has no
/// keep-alive and no way to finish a text without ending the turn, so a flush makes final what is known once the text covers it, and
/// later texts of the turn go on behind those words.
/// </summary>
internal sealed class FluxProtocol(DeepgramErrors errors) : IListeningProtocol
{
    /// <summary>One update: the host flushes after silence that is about as long, so no word is in it.</summary>
    private static readonly TimeSpan FlushTolerance = TimeSpan.FromMilliseconds(300);

    private string[] _words = [];
    private int _finalWords;
    private TimeSpan _heard = TimeSpan.MinValue;
    private TimeSpan? _flushAt;
    private long _turn = -1;

    /// <summary>What Flux advises.</summary>
    public TimeSpan MessageLength { get; } = TimeSpan.FromMilliseconds(80);

    public ReadOnlyMemory<byte> Completion { get; } = """{"type":"CloseStream"}"""u8.ToArray();

    private string Rest => string.Join(' ', _words.Skip(_finalWords));

    public ReadOnlyMemory<byte> Flush(AudioClock clock, ICollection<TranscriptEvent> events)
    {
        _flushAt = clock.Sent;
        Promote(clock, events);
        return default;
    }

    public void Take(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        switch (VendorJson.Text(message, "type"))
        {
            case "TurnInfo":
                TakeTurn(message, clock, events);
                break;
            case "Error":
                throw errors.From(VendorFaultReader.Read(0, message));
        }
    }

    /// <summary>A closed stream ends no turn: what was understood of it is given all the same.</summary>
    public void End(AudioClock clock, ICollection<TranscriptEvent> events) => Finish(clock, events);

    public ProviderException Closed(int? status, string? description) => errors.Closed(status, description);

    private void TakeTurn(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        var turn = message.GetProperty("turn_index").GetInt64();
        if (turn != _turn)
        {
            Finish(clock, events);
            (_turn, _finalWords) = (turn, 0);
        }

        _heard = TimeSpan.FromSeconds(message.GetProperty("audio_window_end").GetDouble());
        _words = message.GetProperty("transcript").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var at = clock.At(_heard.TotalSeconds);
        switch (VendorJson.Text(message, "event"))
        {
            case "StartOfTurn":
                events.Add(new SpeechStarted(clock.At(message.GetProperty("audio_window_start").GetDouble())));
                Show(at, events);
                break;
            case "TurnResumed":
                events.Add(new SpeechStarted(at));
                Show(at, events);
                break;
            case "EagerEndOfTurn":
                Show(at, events);
                events.Add(new EndOfTurn(at, IsEager: true));
                break;
            case "EndOfTurn":
                Finish(clock, events, DeepgramWords.Read(message, clock));
                events.Add(new SpeechEnded(at));
                events.Add(new EndOfTurn(at, IsEager: false));
                break;
            default:
                Show(at, events);
                break;
        }

        Promote(clock, events);
    }

    private void Show(TimeSpan at, ICollection<TranscriptEvent> events)
    {
        if (_words.Length > _finalWords)
        {
            events.Add(new InterimTranscript(at, Rest));
        }
    }

    private void Promote(AudioClock clock, ICollection<TranscriptEvent> events)
    {
        if (_flushAt is { } flush && _heard >= flush - FlushTolerance)
        {
            _flushAt = null;
            Finish(clock, events);
        }
    }

    private void Finish(AudioClock clock, ICollection<TranscriptEvent> events, IReadOnlyList<TranscriptWord>? words = null)
    {
        if (_words.Length > _finalWords)
        {
            var hasTimes = words is not null && words.Count == _words.Length;
            events.Add(new FinalTranscript(clock.At(_heard.TotalSeconds), new Transcript(Rest) { Words = hasTimes ? [.. words!.Skip(_finalWords)] : [] }));
            _finalWords = _words.Length;
        }
    }
}
