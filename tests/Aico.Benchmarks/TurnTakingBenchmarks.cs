using Aico.Host.Calls.TurnTaking;
using BenchmarkDotNet.Attributes;

namespace Aico.Benchmarks;

/// <summary>Asked for each interim text of a caller.</summary>
[MemoryDiagnoser]
public class TurnTakingBenchmarks
{
    private readonly EndOfTurnHeuristic predictor = new();

    [Benchmark]
    public int Predict_the_end_of_a_turn() =>
        (int)predictor.Predict("Hello, I would like to book a table for two people on Friday evening, and my number is four one five five five", "en");

    [Benchmark]
    public bool Know_a_backchannel() => Backchannel.IsOnlyBackchannel("Mm-hm, okay, I see.", "en", custom: null);
}
