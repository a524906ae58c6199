using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class StateTests
{
    [Test]
    public void Goes_through_the_states_of_a_turn()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(1);
        call.LanguageModel.Says("It is three.");
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Of<AgentStateChanged>().Should().Equal(
            new AgentStateChanged(Seconds(0), AgentState.Initializing),
            new AgentStateChanged(Seconds(0), AgentState.Listening),
            new AgentStateChanged(Seconds(2.3), AgentState.Thinking),
            new AgentStateChanged(Seconds(3.16), AgentState.Speaking),
            new AgentStateChanged(Seconds(4.06), AgentState.Listening));
        call.Of<CallerStateChanged>().Should().Equal(
            new CallerStateChanged(Seconds(1.04), CallerState.Speaking),
            new CallerStateChanged(Seconds(2.16), CallerState.Listening));
    }

    [Test]
    public void Is_initializing_until_the_transcriber_is_open()
    {
        var gate = new TaskCompletionSource();
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText { OpenGate = gate.Task } };
        call.RunUntil(2);
        call.AgentStates.Should().Equal(AgentState.Initializing);

        gate.SetResult();
        SpinWait.SpinUntil(
            () =>
            {
                call.Time.RunUntilIdle();
                return call.AgentStates.Count == 2;
            },
            TimeSpan.FromSeconds(10));

        call.AgentStates.Should().Equal(AgentState.Initializing, AgentState.Listening);
    }

    [Test]
    public void Is_not_speaking_while_its_first_sound_was_stopped_again()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says("aaa bbb ccc ddd eee fff.");
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.Says("mm-hm", from: 2.26, to: 2.6);

        call.RunCheckedUntil(9);

        call.Caller.HeardDuration.Should().BeGreaterThanOrEqualTo(Seconds(1.8));
    }

    [Test]
    public void Speaks_only_while_it_is_heard([Range(1, 24)] int seed)
    {
        // The seed is the test's name, so a failure can be repeated.
        var random = new Random(seed);
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(random.NextDouble());
        call.LanguageModel.TokenDelay = Seconds(random.NextDouble() * 0.3);
        call.TextToSpeech.FirstAudioDelay = Seconds(random.NextDouble());
        call.TextToSpeech.BetweenSentences = Seconds(random.NextDouble() * 2);
        call.TextToSpeech.SecondHalfAfter = random.Next(2) == 0 ? null : Seconds(random.NextDouble() * 2);
        call.TextToSpeech.Aligns = random.Next(2) == 0;
        call.SpeechToText.Delay = Seconds(random.NextDouble() * 0.5);
        call.LanguageModel.Answers = _ => new(string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(i => $"This is the sentence with the number {i}.")));
        var at = 0.5;
        for (var i = 0; i < 30; i++)
        {
            at += random.NextDouble() * 4;
            var length = 0.1 + (random.NextDouble() * 2);
            call.Caller.Says(random.Next(5) switch { 0 => "mm-hm", 1 => "", 2 => "I want and", _ => $"Remark {i}." }, at, at + length);
            at += length + 0.2;
        }

        call.RunCheckedUntil(at + 20);

        call.Ending.IsCompleted.Should().BeFalse();
        call.AgentStates.Should().Contain(AgentState.Speaking).And.EndWith(AgentState.Listening);
    }
}
