using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls;

public class SoakTests
{
    [Test]
    public void Hears_every_word_once_and_in_order_and_always_comes_to_an_end()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            using var call = Script(new Random(seed), out var said);

            call.RunUntil(call.Caller.LeavesAt!.Value.TotalSeconds + 200);

            var about = $"seed {seed}: {string.Join(" | ", call.Turns.Select(turn => turn.CallerText))}";
            call.Ending.IsCompletedSuccessfully.Should().BeTrue(about);
            call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.CallerLeft, about);
            string.Join(' ', call.Turns.Select(turn => turn.CallerText).Where(text => text.Length > 0)).Should().Be(string.Join(' ', said), about);
            call.Turns.Select(turn => turn.Number).Should().BeInAscendingOrder(about).And.OnlyHaveUniqueItems(about);
            call.TextToSpeech.Disposed.Should().Be(call.TextToSpeech.Sessions, about);
        }
    }

    [Test]
    public void Survives_whatever_fails()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            using var call = Script(random, out _);
            Exception? Fault() => random.Next(8) switch
            {
                0 => new ProviderException(ProviderFailure.Unavailable, "Not now."),
                1 => new ProviderException(ProviderFailure.InvalidRequest, "Never."),
                2 => new InvalidOperationException("A bug."),
                3 => new TaskCanceledException("By itself."),
                _ => null,
            };
            for (var i = 0; i < 60; i++)
            {
                call.LanguageModel.Failures.Enqueue(Fault());
                call.SpeechToText.Failures.Enqueue(Fault());
                call.TextToSpeech.Failures.Enqueue(Fault());
            }

            call.RunUntil(call.Caller.LeavesAt!.Value.TotalSeconds + 200);

            call.Ending.IsCompletedSuccessfully.Should().BeTrue($"seed {seed}");
            call.Ending.GetAwaiter().GetResult().Should().BeOneOf([CallEndReason.CallerLeft, CallEndReason.Failed], $"seed {seed}");
            call.Of<StageFailed>().Should().NotContain(failed => failed.Stage == CallStage.Transport, $"seed {seed}");
            call.TextToSpeech.Disposed.Should().Be(call.TextToSpeech.Sessions, $"seed {seed}");
        }
    }

    private static CallHarness Script(Random random, out List<string> said)
    {
        var call = new CallHarness();
        var tool = new ScriptedTool("lookup", call.Time) { Takes = Seconds(random.NextDouble() * 3) };
        call.Settings = call.Settings with
        {
            Greeting = random.Next(2) == 0 ? null : "Hello, how can I help you today?",
            Tools = [tool],
            Silence = new SilenceSettings { AwayAfter = random.Next(2) == 0 ? TimeSpan.Zero : Seconds(40) },
            Interruption = new() { Enabled = random.Next(5) > 0, MinimumWords = random.Next(3) },
        };
        call.LanguageModel.FirstTokenDelay = Seconds(random.NextDouble() * 2);
        call.LanguageModel.TokenDelay = Seconds(random.NextDouble() * 0.2);
        call.TextToSpeech.FirstAudioDelay = Seconds(random.NextDouble() * 1.5);
        call.TextToSpeech.BetweenSentences = Seconds(random.NextDouble());
        call.TextToSpeech.Aligns = random.Next(2) == 0;
        call.SpeechToText.Delay = Seconds(random.NextDouble() * 1.5);
        var answers = new Random(random.Next());
        call.LanguageModel.Answers = messages => messages[^1].Role != Microsoft.Extensions.AI.ChatRole.Tool && answers.Next(4) == 0
            ? new Answer(answers.Next(2) == 0 ? "" : "Let me see.", ScriptedLanguageModel.Call("lookup", $"{answers.Next()}"))
            : new Answer(string.Join(' ', Enumerable.Range(0, answers.Next(1, 4)).Select(i => $"This is sentence number {i}.")));
        said = [];
        var at = 0.5 + (random.NextDouble() * 3);
        for (var i = 0; i < 12; i++)
        {
            var length = 0.3 + (random.NextDouble() * 2);
            var words = $"w{i}a w{i}b" + random.Next(3) switch { 0 => ".", 1 => " and", _ => "?" };
            call.Caller.Says(words, Frame(at), Frame(at + length));
            said.Add(words);
            at += length + 0.3 + (random.NextDouble() * (random.Next(3) == 0 ? 12 : 3));
        }

        call.Caller.LeavesAt = Seconds(at + random.Next(3));
        return call;
    }

    // Between frames an utterance would begin in audio that was read as the one before it.
    private static double Frame(double seconds) => Math.Round(seconds * 50) / 50;
}
