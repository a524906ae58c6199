using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Aico.Testing.Calls;

namespace Aico.Host.Tests.Usage;

internal sealed class CallUsageTests
{
    private static readonly CallIdentity Call = new("acme", "J_1");

    private static readonly PriceTable Prices = new(
    [
        Priced("stt", new UnitPrice(PriceUnit.AudioSecond, 0.01m, 1)),
        Priced("llm", new UnitPrice(PriceUnit.Request, 2, 1)),
    ]);

    private readonly ManualClock _clock = new();
    private readonly List<UsageRow> _rows = [];
    private UsageAccount _account = null!;
    private ICallObserver _usage = null!;

    [SetUp]
    public void SetUp()
    {
        _rows.Clear();
        _account = new UsageAccount(new Pricing(Prices, _ => null), _rows.AddRange, _clock);
        _usage = _account.Open(Call);
    }

    [Test]
    public void Records_every_attempt_of_a_turn_with_what_it_took_and_cost()
    {
        using var call = new CallHarness { Observer = _usage };
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(6);

        _rows.Select(row => (row.Kind, row.Provider, row.Turn, row.Outcome, row.Cost)).Should().BeEquivalentTo(
            new (string, string, int?, string, decimal?)[] { ("stt", "stt", 1, "useful", (decimal)_rows[0].AudioSeconds * 0.01m), ("llm", "llm", 1, "useful", 2), ("tts", "tts", 1, "useful", null) });
        _rows.Should().OnlyContain(row => row.OrganizationId == "acme" && row.SessionId == "J_1" && row.ChainPosition == 0 && row.Failure == null && row.FirstResultLatency != null);
        _rows[0].AudioSeconds.Should().BeInRange(1, 2);
        _rows.Single(row => row.Kind == "tts").Characters.Should().BeInRange("You said Question?".Length, "You said Question? ".Length, "blanks between sentences are billed, too");
        _rows.Single(row => row.Kind == "tts").ConnectLatency.Should().NotBeNull();
    }

    [Test]
    public void Makes_the_prepared_answers_speculative_that_a_call_threw_away()
    {
        using var call = new CallHarness { Observer = _usage, Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("Pay 1.5 euros.", from: 1, to: 2);
        call.RunUntil(2.18);
        call.Streaming.Current.Interim("Pay 15 euros.", at: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("Pay 1.5 euros.", at: 2);
        call.RunUntil(9);

        call.Of<ReplyDiscarded>().Should().NotBeEmpty("the caller went on");
        var answers = _rows.Where(row => row.Kind == "llm").ToList();
        answers.Count(row => row.Outcome == "useful").Should().Be(1);
        answers.Should().Contain(row => row.Outcome == "speculative").And.OnlyContain(row => row.Turn == 1);
    }

    [Test]
    public void Holds_the_attempts_of_a_turn_until_the_turn_is_over()
    {
        Tell(Attempted("llm", 1), Attempted("llm", 2), Completed(1));
        _rows.Select(row => row.Turn).Should().Equal(1);

        Tell(Completed(2));
        _rows.Select(row => row.Turn).Should().Equal(1, 2);
    }

    [Test]
    public void Writes_everything_at_the_end_of_the_call()
    {
        Tell(Attempted("stt", null), Attempted("llm", 4), new CallEnded(At(9), CallEndReason.CallerLeft));

        _rows.Select(row => (row.Kind, row.Turn)).Should().Equal(("stt", null), ("llm", 4));
    }

    [Test]
    public void Gives_speech_to_text_the_turn_that_is_decided_next()
    {
        Tell(Attempted("stt", null), new TurnDecided(At(2), 1, "words", TimeSpan.Zero), Attempted("stt", null), Completed(1), new TurnDecided(At(4), 2, "more", TimeSpan.Zero), Completed(2));

        _rows.Select(row => row.Turn).Should().Equal(1, 2);
    }

    [Test]
    public void A_discarded_answer_was_speculative_also_where_its_attempts_had_succeeded()
    {
        Tell(
            Attempted("stt", null), new TurnDecided(At(1), 3, "words", TimeSpan.Zero), Attempted("llm", 3), Attempted("tts", 3, AttemptOutcome.Cancelled), Attempted("llm", 3, AttemptOutcome.Failed), Attempted("llm", 4),
            new ReplyDiscarded(At(2), 3), Attempted("llm", 3, started: 3), Completed(4));

        _rows.Select(row => (row.Kind, row.Turn, row.Outcome)).Should().Equal(
            ("stt", 3, "useful"), ("llm", 3, "speculative"), ("tts", 3, "speculative"), ("llm", 3, "failed"), ("llm", 4, "useful"), ("llm", 3, "useful"));
    }

    [Test]
    public void An_attempt_that_ends_behind_the_discarding_of_its_answer_was_speculative_too()
    {
        Tell(new ReplyDiscarded(At(2), 3), Attempted("tts", 3, AttemptOutcome.Cancelled, started: 1), Attempted("tts", 3, AttemptOutcome.Cancelled, started: 2.5), Attempted("tts", 3, AttemptOutcome.Failed, started: 1), Completed(3));

        _rows.Select(row => row.Outcome).Should().Equal("speculative", "cancelled", "failed");
    }

    [Test]
    public void Stands_at_the_moment_when_the_attempt_began()
    {
        var attempt = Attempt("llm", 1, AttemptOutcome.Useful, started: 4);
        _usage.On(new ProviderAttempted(At(10), attempt));
        Tell(Completed(1));

        _rows.Single().At.Should().Be(ManualClock.Start - TimeSpan.FromSeconds(6));
    }

    [Test]
    public void What_was_refused_or_went_nowhere_costs_nothing_and_what_was_connected_does()
    {
        Tell(
            Attempted("llm", 1, AttemptOutcome.Failed),
            new ProviderAttempted(At(1), Attempt("llm", 1, AttemptOutcome.Failed) with { FirstResultLatency = TimeSpan.FromSeconds(1) }),
            new ProviderAttempted(At(1), Attempt("llm", 1, AttemptOutcome.Failed) with { ConnectLatency = TimeSpan.FromSeconds(1) }),
            Completed(1));

        _rows.Select(row => row.Cost).Should().Equal(0, 2, 2);
        _rows.Should().OnlyContain(row => row.Failure == "Unavailable");
    }

    [Test]
    public void Does_not_grow_without_an_end_in_a_call_without_turns()
    {
        for (var i = 0; i < 256; i++)
        {
            Tell(Attempted("stt", null, AttemptOutcome.Failed));
        }

        _rows.Should().HaveCount(256);
    }

    [Test]
    public void Records_probes_without_what_the_vendor_said()
    {
        var subject = new HealthSubject { Provider = "groq", Kind = ProviderKind.LanguageModel, Endpoint = "api", Credential = "f", Model = "m", OrganizationId = "acme" };
        _account.Probed(new ProbeResult(subject, TimeSpan.FromSeconds(2), new ProviderException(ProviderFailure.Unauthorized, "The key sk-canary is wrong.")));
        _account.Probed(new ProbeResult(subject, TimeSpan.FromSeconds(2), null));
        _account.Probed(new ProbeResult(subject with { OrganizationId = "" }, TimeSpan.FromSeconds(2), null));

        _rows.Should().HaveCount(2);
        _rows[0].Should().Be(new UsageRow
        {
            OrganizationId = "acme",
            At = ManualClock.Start - TimeSpan.FromSeconds(2),
            SessionId = "",
            Kind = "llm",
            Provider = "groq",
            Model = "m",
            Outcome = "probe",
            Failure = "Unauthorized",
            Cost = 0,
        });
        _rows[1].Should().Be(_rows[0] with { Failure = null, FirstResultLatency = TimeSpan.FromSeconds(2) });
        JsonSerializer.Serialize(_rows).Should().NotContain("canary");
    }

    private void Tell(params CallEvent[] events)
    {
        foreach (var one in events)
        {
            _usage.On(one);
        }
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TurnCompleted Completed(int turn) => new(At(5), new TurnRecord { Number = turn });

    private static ProviderAttempted Attempted(string kind, int? turn, AttemptOutcome outcome = AttemptOutcome.Useful, double started = 0) => new(At(started + 1), Attempt(kind, turn, outcome, started));

    private static ProviderAttempt Attempt(string kind, int? turn, AttemptOutcome outcome, double started = 0) => new()
    {
        Turn = turn,
        Stage = kind switch { "stt" => CallStage.SpeechToText, "tts" => CallStage.TextToSpeech, _ => CallStage.LanguageModel },
        Provider = kind,
        Position = 0,
        Started = At(started),
        Duration = At(1),
        Outcome = outcome,
        Failure = outcome == AttemptOutcome.Failed ? ProviderFailure.Unavailable : null,
    };

    private static Price Priced(string provider, UnitPrice unit) => new() { Provider = provider, ValidFrom = new DateOnly(1970, 1, 1), Units = [unit], Source = "a test" };
}
