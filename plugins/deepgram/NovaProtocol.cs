using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Deepgram;

/// <summary>
/// Live transcription, version 1. An utterance is all of its final texts up to the one that Deepgram calls the speech's last; where
/// noise keeps that one from coming, the gap between words (UtteranceEnd) ends it.
/// </summary>
internal sealed class NovaProtocol(DeepgramErrors errors) : IListeningProtocol
{
    // Interim text that may still be taken back, and text since the last end of speech.
    private bool _hasInterim;
    private bool _isOpen;

    /// <summary>Two frames of a call: Deepgram advises 20 to 250 ms.</summary>
    public TimeSpan MessageLength { get; } = TimeSpan.FromMilliseconds(40);

    public ReadOnlyMemory<byte> KeepAlive { get; } = """{"type":"KeepAlive"}"""u8.ToArray();

    /// <summary>Deepgram closes after ten seconds.</summary>
    public TimeSpan KeepAliveAfter { get; } = TimeSpan.FromSeconds(4);

    public ReadOnlyMemory<byte> Completion { get; } = """{"type":"CloseStream"}"""u8.ToArray();

    private static ReadOnlyMemory<byte> Finalize { get; } = """{"type":"Finalize"}"""u8.ToArray();

    public ReadOnlyMemory<byte> Flush(AudioClock clock, ICollection<TranscriptEvent> events) => Finalize;

    public void Take(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        switch (VendorJson.Text(message, "type"))
        {
            case "Results":
                TakeResults(message, clock, events);
                break;
            case "SpeechStarted":
                events.Add(new SpeechStarted(clock.At(message.GetProperty("timestamp").GetDouble())));
                break;
            case "UtteranceEnd":
                EndUtterance(message.GetProperty("last_word_end").GetDouble(), clock, events);
                break;
            case "Error":
                throw errors.From(VendorFaultReader.Read(0, message));
        }
    }

    public ProviderException Closed(int? status, string? description) => errors.Closed(status, description);

    private void EndUtterance(double lastWordEnd, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        // -1 where Deepgram does not know.
        var at = clock.At(lastWordEnd < 0 ? clock.Sent.TotalSeconds : lastWordEnd);
        if (_isOpen)
        {
            events.Add(new SpeechEnded(at));
        }

        _isOpen = false;
        events.Add(new EndOfTurn(at, IsEager: false));
    }

    private void TakeResults(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events)
    {
        var at = clock.At(message.GetProperty("start").GetDouble() + message.GetProperty("duration").GetDouble());
        var best = message.GetProperty("channel").GetProperty("alternatives")[0];
        var text = best.GetProperty("transcript").GetString()!.Trim();
        if (!VendorJson.Flag(message, "is_final"))
        {
            if (text.Length > 0 || _hasInterim)
            {
                events.Add(new InterimTranscript(at, text));
                _hasInterim = text.Length > 0;
            }

            return;
        }

        // Silence gives empty final texts every few seconds; they matter where they take something back or answer a flush.
        if (text.Length > 0 || _hasInterim || VendorJson.Flag(message, "from_finalize"))
        {
            events.Add(new FinalTranscript(at, Read(best, text, clock)));
        }

        _hasInterim = false;
        _isOpen |= text.Length > 0;
        if (_isOpen && VendorJson.Flag(message, "speech_final"))
        {
            // A pause is no more than a guess that the turn is over; UtteranceEnd says it.
            _isOpen = false;
            events.Add(new SpeechEnded(at));
            events.Add(new EndOfTurn(at, IsEager: true));
        }
    }

    private static Transcript Read(JsonElement best, string text, AudioClock clock) => new(text)
    {
        Confidence = text.Length > 0 && best.TryGetProperty("confidence", out var confidence) ? Math.Clamp(confidence.GetDouble(), 0, 1) : null,
        Language = VendorJson.Texts(best, "languages") is [var language, ..] ? language : null,
        Words = DeepgramWords.Read(best, clock),
    };
}
