using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Testing.Calls;
using Aico.Testing.LiveKit;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Calls.Rooms;

/// <summary>What a call in a room knows of its audio, and what its lines in the log say of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallTroubleTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    [Test]
    public void Counts_frames_that_leave_a_gap_and_none_where_speech_was_stopped()
    {
        var audio = new CallAudio();
        audio.Plays(CallTime.Seconds(1), Frame);
        audio.Plays(CallTime.Seconds(1.02), Frame);
        audio.Plays(CallTime.Seconds(1.1), Frame);
        audio.Breaks();
        audio.Plays(CallTime.Seconds(5), Frame);

        var reading = audio.Read();
        (reading.LateFrames, reading.LongestGap).Should().Be((1, CallTime.Seconds(0.06)));
        audio.Read().Should().Match<CallAudioReading>(next => next.LateFrames == 1 && next.LongestGap == TimeSpan.Zero, "gaps are those since the last reading");
    }

    [Test]
    public void A_conversation_that_goes_well_has_no_late_frame()
    {
        using var room = new RoomHarness();
        room.Room.Joins("me");
        room.Agent = room.Agent with { Greeting = "Hello there, how can I help you today?" };
        room.Caller.Says("Question?", from: 5, to: 6);
        room.RunUntil(12);

        var call = room.Registry.Live.Single();
        room.Turns.Should().HaveCountGreaterThan(1);
        call.Audio.Read().LateFrames.Should().Be(0);
        var status = call.Status;
        (status.Turns, status.LastTurn, status.Info.Turns.Count).Should().Be((room.Turns.Count, room.Turns[^1], 0));
    }

    [Test]
    public void Speech_that_a_provider_delivers_too_slowly_comes_late()
    {
        using var room = new RoomHarness();
        room.Room.Joins("me");
        // Eight words last 2.4 s: the second half comes 150 ms after the first was heard out.
        room.TextToSpeech.SecondHalfAfter = CallTime.Seconds(1.35);
        room.Agent = room.Agent with { Greeting = "Hello there, how can I help you today?" };
        room.RunUntil(12);

        room.Registry.Live.Single().Audio.Read().LateFrames.Should().BePositive();
    }

    [Test]
    public void Lines_of_the_log_name_the_call_its_organization_its_room_and_its_turn()
    {
        var scopes = new List<string>();
        var probe = new ScopeProbe(scopes);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(probe));
        using var room = new RoomHarness(loggers);
        room.Room.Joins("me");
        var logger = loggers.CreateLogger("a provider");
        room.LanguageModel.TakesToken = _ => logger.LogInformation("asked");
        room.Caller.Says("Question?", from: 1, to: 2);
        room.RunUntil(6);

        scopes.Should().NotBeEmpty().And.OnlyContain(scope => scope == "callId=AJ_1 organization=default room=demo turn=1");
    }

    [Test]
    public void A_scope_reads_as_a_sentence_on_the_console()
    {
        var scope = new CallLogScope(new("acme", "J_1"), "lobby");
        scope.On(new TurnDecided(TimeSpan.Zero, 3, "words of the caller", TimeSpan.Zero));

        scope.ToString().Should().Be("call J_1 of acme in lobby, turn 3");
    }

    private sealed class ScopeProbe(List<string> scopes) : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider? _provider;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _provider = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _provider!.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) == "asked")
            {
                _provider!.ForEachScope(
                    (scope, list) => list.Add(string.Join(' ', ((IReadOnlyList<KeyValuePair<string, object?>>)scope!).Select(pair => $"{pair.Key}={pair.Value}"))),
                    scopes);
            }
        }

        public void Dispose()
        {
        }
    }
}
