using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The figures of one run. docs/benchmarks.md says what each means.</summary>
internal sealed record RoomsResult(int Calls, double Seconds, IReadOnlyList<BenchFigure> Figures) : IRoomsResult
{
    public JsonObject ToJson() => new() { ["calls"] = Calls, ["seconds"] = Math.Round(Seconds, 1), ["figures"] = BenchFigure.JsonOf(Figures) };

    public string ToText() => FormattableString.Invariant($"{Calls} rooms at once for {Seconds:0.0} s\n{BenchFigure.TextOf(Figures)}");
}
