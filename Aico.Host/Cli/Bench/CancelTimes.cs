using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench;

/// <summary>
/// Milliseconds from cancelling work until it is given up, several times over. The contract allows 100. The quickest is the provider's
/// own; what the others took longer is the machine's as well.
/// </summary>
internal sealed record CancelTimes(double Min, Percentiles All)
{
    /// <summary>Null for no times: all work was over before it could be cancelled.</summary>
    public static CancelTimes? Of(IReadOnlyCollection<double> times) => Percentiles.Of(times) is { } all ? new CancelTimes(times.Min(), all) : null;

    public JsonObject ToJson()
    {
        var json = All.ToJson();
        json.Insert(0, "min", Math.Round(Min, 1));
        return json;
    }

    public override string ToString() => FormattableString.Invariant($"min {Min:0.0}, {All}");
}
