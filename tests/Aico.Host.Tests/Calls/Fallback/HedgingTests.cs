using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using static Aico.Testing.Calls.ScriptedLanguageModel;

namespace Aico.Host.Tests.Calls.Fallback;

/// <summary>Two language models of which the first used to begin within 400 ms.</summary>
internal sealed class HedgingTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private CallHarness _call = null!;
    private Chains _chains = null!;
    private ScriptedLanguageModel _second = null!;

    [SetUp]
    public void SetUp()
    {
        _call = new CallHarness();
        _call.Settings = _call.Settings with { Thinking = _call.Settings.Thinking with { Hedges = true } };
        _chains = new Chains(_call.Time);
        _second = new ScriptedLanguageModel(_call.Time);
        _second.Says("The second.");
        _call.LanguageModel.Says("The first.");
        _call.Providers = providers => providers with { LanguageModel = _chains.Of<IChatClient>(("llm", _call.LanguageModel), ("llm2", _second)) };
        foreach (var number in Enumerable.Range(0, LatencyMemory.Least))
        {
            _chains.Health.Latencies.Add(Chains.Subject("llm"), TimeSpan.FromMilliseconds(number == 0 ? 5_000 : 400));
        }

        _call.Caller.Says("Question?", from: 1, to: 2);
    }

    [TearDown]
    public async Task TearDown()
    {
        _call.Dispose();
        _second.Dispose();
        await _chains.Health.DisposeAsync();
    }

    [Test]
    public void Asks_nobody_else_while_the_first_is_as_quick_as_ever()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromMilliseconds(390);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The first.");
        _second.Requests.Should().BeEmpty();
    }

    [Test]
    public void Asks_the_second_when_the_first_is_slower_than_it_used_to_be_and_takes_who_begins_first()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromHours(1);
        _second.FirstTokenDelay = TimeSpan.FromMilliseconds(200);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The second.");
        Attempts().Should().Equal(("llm", AttemptOutcome.Cancelled, null), ("llm2", AttemptOutcome.Useful, 200));
        _call.LanguageModel.Cancelled.Should().Be(1);
        _chains.Health.Outages.Should().BeEmpty("slow is not out");
        _call.Of<ProviderChanged>().Select(change => (change.From, change.To)).Should().Equal(("llm", "llm2"));
    }

    [Test]
    public void Stays_with_the_first_where_it_begins_before_the_second_after_all()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromMilliseconds(500);
        _second.FirstTokenDelay = TimeSpan.FromHours(1);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The first.");
        Attempts().Should().Equal(("llm2", AttemptOutcome.Cancelled, null), ("llm", AttemptOutcome.Useful, 500));
        (_second.Requests.Count, _second.Cancelled).Should().Be((1, 1));
        _call.Of<ProviderChanged>().Should().BeEmpty();
    }

    [Test]
    public void Waits_for_the_first_where_the_second_fails()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(1);
        _second.Failures.Enqueue(Down);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The first.");
        Attempts().Select(attempt => (attempt.Provider, attempt.Outcome)).Should().Equal(("llm2", AttemptOutcome.Failed), ("llm", AttemptOutcome.Useful));
        _chains.Health.Outages.Should().ContainSingle().Which.Provider.Should().Be("llm2");
    }

    [Test]
    public void Answers_with_the_second_where_the_first_fails_while_both_are_asked()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromMilliseconds(450);
        _call.LanguageModel.Failures.Enqueue(Down);
        _second.FirstTokenDelay = TimeSpan.FromSeconds(1);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The second.");
        (_call.LanguageModel.Requests.Count, _second.Requests.Count).Should().Be((1, 1));
    }

    [Test]
    public void Excuses_itself_where_both_fail()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromMilliseconds(450);
        _call.LanguageModel.Failures.Enqueue(Down);
        _second.Failures.Enqueue(Down);
        _second.Failures.Enqueue(Down);

        _call.RunUntil(10);

        _call.Turns.Select(turn => turn.HeardText).Should().Equal("", _call.Settings.Apology);
    }

    [Test]
    public void Cancels_both_where_the_call_ends()
    {
        _call.LanguageModel.FirstTokenDelay = _second.FirstTokenDelay = TimeSpan.FromHours(1);

        _call.RunUntil(4);
        _call.Cancel();

        (_call.LanguageModel.Cancelled, _second.Cancelled).Should().Be((1, 1));
        Attempts().Should().HaveCount(2).And.OnlyContain(attempt => attempt.Outcome == AttemptOutcome.Cancelled);
    }

    [TestCase(false, LatencyMemory.Least)]
    [TestCase(true, LatencyMemory.Least - 1)]
    public void Does_it_only_where_it_is_wished_and_the_first_is_known(bool hedges, int known)
    {
        _call.Settings = _call.Settings with { Thinking = _call.Settings.Thinking with { Hedges = hedges } };
        _call.Providers = providers => providers with { LanguageModel = _chains.Of<IChatClient>(("new", _call.LanguageModel), ("llm2", _second)) };
        foreach (var _ in Enumerable.Range(0, known))
        {
            _chains.Health.Latencies.Add(Chains.Subject("new"), TimeSpan.FromMilliseconds(400));
        }

        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromMilliseconds(1_500);

        _call.RunUntil(6);

        _second.Requests.Should().BeEmpty();
    }

    [Test]
    public void Answers_teach_how_quick_a_model_is()
    {
        var subject = Chains.Subject("llm2");
        _call.Providers = providers => providers with { LanguageModel = _chains.Of<IChatClient>(("llm2", _second)) };
        foreach (var _ in Enumerable.Range(1, LatencyMemory.Least))
        {
            _chains.Health.Latencies.SlowAfter(subject).Should().BeNull();
            _chains.Health.Latencies.Add(subject, TimeSpan.FromMilliseconds(100));
        }

        _second.FirstTokenDelay = TimeSpan.FromSeconds(2);
        foreach (var number in Enumerable.Range(0, 2))
        {
            _call.Caller.Says($"Again {number}?", from: 10 + (8 * number), to: 11 + (8 * number));
        }

        _call.RunUntil(30);

        _second.Requests.Should().HaveCount(3);
        _chains.Health.Latencies.SlowAfter(subject).Should().Be(TimeSpan.FromSeconds(2));
    }

    private List<(string Provider, AttemptOutcome Outcome, double? FirstResultMs)> Attempts() =>
        [.. _call.Of<ProviderAttempted>().Select(attempted => attempted.Attempt).Where(attempt => attempt.Stage == CallStage.LanguageModel)
            .Select(attempt => (attempt.Provider, attempt.Outcome, attempt.FirstResultLatency?.TotalMilliseconds))];
}
