using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

/// <summary>A call made up for tests: four turns with an interruption, a false one, a tool, a discarded answer and an error.</summary>
internal static class SampleCall
{
    public const string HostileText = "</script><script>alert(1)</script> {{audio}} <b>&amp;";

    public static TalkResult Result(string? firstText = null) => new()
    {
        EndReason = CallEndReason.CallerLeft,
        Duration = At(24_000),
        Providers = new ProviderKeys("moonshine", "scripted", "flite", "silero"),
        Events = Events(firstText ?? "What is the weather like in Hamburg today?"),
        Out = "conversation.wav",
        Timeline = "timeline.html",
    };

    /// <summary>Both sides as tone bursts where the events say that someone speaks; 16 kHz stereo.</summary>
    public static short[] Audio()
    {
        var samples = new short[24 * 16_000 * 2];
        foreach (var (side, from, to) in new[]
        {
            (1, 350, 2100), (0, 2700, 4900), (1, 5420, 8200), (0, 8000, 9600), (1, 10_150, 12_400), (1, 13_000, 14_300), (0, 12_300, 12_600),
            (0, 15_200, 17_000), (1, 19_900, 22_500),
        })
        {
            for (var i = from * 16; i < to * 16; i++)
            {
                var syllable = Math.Abs(Math.Sin(i / 1600.0)) * (0.55 + 0.45 * Math.Sin(i / 9100.0));
                samples[i * 2 + side] = (short)(9000 * syllable * Math.Sin(i * 0.08 * (side + 1)));
            }
        }

        return samples;
    }

    private static List<CallEvent> Events(string firstText)
    {
        List<CallEvent> events =
        [
            new AgentStateChanged(At(0), AgentState.Initializing),
            new SentenceReady(At(120), 0, "Hello, this is the weather line."),
            new SpeechSynthesized(At(300), 0, At(1750)),
            new PlaybackStarted(At(350), 0),
            new PlaybackEnded(At(2100), 0, false),
            new TurnCompleted(At(2100), new TurnRecord
            {
                Number = 0, AgentText = "Hello, this is the weather line.", HeardText = "Hello, this is the weather line.", AgentStart = At(350), AgentEnd = At(2100),
            }),
        ];
        Turn(events, 1, 2700, 4900, firstText, ["It is eleven degrees and raining.", "Take an umbrella with you, and a warm coat."], 5420, 8450, true);
        Turn(events, 2, 8000, 9600, "And tomorrow?", ["Tomorrow will be dry, with some sun in the afternoon."], 10_150, 14_300, false);
        events.Add(new VoiceStarted(At(12_400), At(12_300)));
        events.Add(new PlaybackPaused(At(12_450), 2));
        events.Add(new VoiceEnded(At(12_850), At(12_600)));
        events.Add(new PlaybackResumed(At(13_000), 2));
        events.Add(new StageFailed(At(17_300), CallStage.LanguageModel, "scripted", ProviderFailure.Unavailable, "The model could not be reached; it is tried again."));
        var tool = new ToolCallRecord("get_forecast", """{"city":"Hamburg","days":3}""", """{"sun":4}""", null, At(18_000), At(18_900));
        Turn(events, 3, 15_200, 17_000, "Call me a cab if it rains on Sunday.", ["Sunday stays dry: no cab is needed."], 19_900, 22_500, false, tool);
        return [.. events.OrderBy(e => e.At)];
    }

    private static void Turn(
        List<CallEvent> events, int number, int start, int end, string text, string[] sentences, int played, int playedEnd, bool interrupted, ToolCallRecord? tool = null)
    {
        var decided = Math.Min(end + 400, played - 20);
        events.Add(new VoiceStarted(At(start + 90), At(start)));
        for (var i = 1; i <= 3; i++)
        {
            events.Add(new CallerTextChanged(At(start + i * 450), number, text[..(text.Length * i / 4)], false));
        }

        events.Add(new VoiceEnded(At(end + 250), At(end)));
        if (number == 2)
        {
            events.Add(new ReplyStarted(At(start + 700), number, true));
            events.Add(new ReplyDiscarded(At(start + 1000), number));
        }

        events.Add(new CallerTextChanged(At(end + 330), number, text, true));
        events.Add(new ReplyStarted(At(end + 331), number, true));
        events.Add(new TurnDecided(At(decided), number, text, At(decided - end)));
        var firstToken = tool is null ? end + 360 : (int)tool.Ended.TotalMilliseconds + 40;
        for (var i = 0; i < 14; i++)
        {
            events.Add(new TokenReceived(At(firstToken + i * 22), number, "word "));
        }

        if (tool is not null)
        {
            events.Add(new ToolCalled(tool.Ended, number, tool));
        }

        for (var i = 0; i < sentences.Length; i++)
        {
            events.Add(new SentenceReady(At(firstToken + 100 + i * 150), number, sentences[i]));
            events.Add(new SpeechSynthesized(At(played - 25 + i * 220), number, At(1500)));
        }

        events.Add(new PlaybackStarted(At(played), number));
        var heardEnd = interrupted ? 8200 : playedEnd;
        events.Add(new PlaybackEnded(At(heardEnd), number, interrupted));
        var said = string.Join(' ', sentences);
        events.Add(new TurnCompleted(At(heardEnd + 1), new TurnRecord
        {
            Number = number,
            CallerText = text,
            CallerStart = At(start),
            CallerEnd = At(end),
            AgentText = said,
            HeardText = interrupted ? said[..said.IndexOf(", and", StringComparison.Ordinal)] : said,
            AgentStart = At(played),
            AgentEnd = At(heardEnd),
            Interrupted = interrupted,
            ToolCalls = tool is null ? [] : [tool],
            Timings = new CallTimings
            {
                EndOfSpeech = At(end),
                FinalText = At(end + 330),
                TurnDecided = At(decided),
                FirstToken = At(firstToken),
                FirstSentence = At(firstToken + 100),
                FirstAudio = At(played - 25),
                Played = At(played),
            },
        }));
    }

    private static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
