using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using static Aico.Testing.Calls.CallTime;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls;

public class ModelFailureTests
{
    private static readonly ProviderException Passing = new(ProviderFailure.Unavailable, "Not now.");

    [Test]
    public void Asks_the_model_once_more_after_a_passing_failure()
    {
        using var call = Asked();
        call.LanguageModel.Failures.Enqueue(Passing);

        call.RunUntil(5);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        Failures(call).Should().Equal((CallStage.LanguageModel, ProviderFailure.Unavailable));
    }

    [Test]
    public void Apologizes_when_the_model_fails_twice()
    {
        using var call = Asked();
        call.LanguageModel.Failures.Enqueue(Passing);
        call.LanguageModel.Failures.Enqueue(Passing);

        call.RunUntil(8);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("", call.Settings.Apology);
        Failures(call).Should().HaveCount(2);
        call.LanguageModel.Requests.Should().HaveCount(2);
    }

    [Test]
    public void Lets_what_the_model_said_before_it_failed_be_heard_and_kept()
    {
        using var call = Asked();
        var broken = new Answer("It is three o'clock and **") { FailsAfterText = Passing };
        call.LanguageModel.Says(broken, broken, new Answer("Well."));
        call.Caller.Says("Pardon?", from: 9, to: 10);

        call.RunUntil(12);

        call.Turns.Select(turn => turn.HeardText).Should().StartWith(["It is three o'clock and", call.Settings.Apology]);
        call.Told().Should().Equal("user: Question?", "assistant: It is three o'clock and", $"assistant: {call.Settings.Apology}", "user: Pardon?");
    }

    [Test]
    public void Apologizes_when_the_model_answers_nothing()
    {
        using var call = Asked();
        call.LanguageModel.Says(" ");

        call.RunUntil(8);

        call.Turns[1].HeardText.Should().Be(call.Settings.Apology);
        call.Of<StageFailed>().Should().ContainSingle().Which.Message.Should().Be("The language model answered nothing.");
    }

    [Test]
    public void Gives_a_model_up_that_says_nothing_for_too_long()
    {
        using var call = Asked();
        call.LanguageModel.FirstTokenDelay = TimeSpan.FromHours(1);

        call.RunUntil(30);

        Failures(call).Should().Equal((CallStage.LanguageModel, ProviderFailure.TimedOut), (CallStage.LanguageModel, ProviderFailure.TimedOut));
        call.Turns[1].AgentStart.Should().Be(Seconds(22.16), "twice ten seconds from when the words were there");
        call.Turns[1].HeardText.Should().Be(call.Settings.Apology);
    }

    [Test]
    public void Gives_a_model_up_that_stops_in_the_middle()
    {
        using var call = Asked();
        call.LanguageModel.Says("One two three.");
        call.LanguageModel.StallsAfterFirstToken = true;

        call.RunUntil(30);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("One", call.Settings.Apology);
        Failures(call).Should().Equal((CallStage.LanguageModel, ProviderFailure.TimedOut), (CallStage.LanguageModel, ProviderFailure.TimedOut));
    }

    [Test]
    public void Begins_anew_where_nothing_was_said_before_the_model_failed()
    {
        using var call = Asked();
        call.LanguageModel.Says(new Answer("It is three o'clock and") { FailsAfterText = Passing }, new Answer("It is four o'clock."));

        call.RunUntil(8);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("It is four o'clock.");
        call.LanguageModel.Requests[1].Should().BeEquivalentTo(call.LanguageModel.Requests[0]);
    }

    [Test]
    public void Goes_on_behind_what_was_said_before_the_model_failed()
    {
        using var call = Asked();
        call.LanguageModel.Says(new Answer("It is three o'clock. And the wea") { FailsAfterText = Passing }, new Answer("The weather is fine."));

        call.RunUntil(10);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("It is three o'clock. The weather is fine.");
        call.LanguageModel.Requests[1][^2].Text.Should().Be("It is three o'clock.", "the next one is told what was said");
        call.LanguageModel.Requests[1][^1].Role.Should().Be(ChatRole.User, "models refuse to go on with an assistant's message");
    }

    [Test]
    public void Asks_the_model_again_when_its_client_timed_out_by_itself()
    {
        using var call = Asked();
        call.LanguageModel.Failures.Enqueue(new TaskCanceledException("HTTP timeout"));

        call.RunUntil(5);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
    }

    private static CallHarness Asked()
    {
        var call = new CallHarness();
        call.Caller.Says("Question?", from: 1, to: 2);
        return call;
    }

    private static IEnumerable<(CallStage Stage, ProviderFailure? Failure)> Failures(CallHarness call) =>
        call.Of<StageFailed>().Select(failed => (failed.Stage, failed.Failure));
}
