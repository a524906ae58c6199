using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Api;

/// <summary>What the API can do on this machine.</summary>
/// <param name="Connections">At one time.</param>
/// <param name="Bytes">Of an answer's body.</param>
/// <param name="Reads">GET …/enabled.</param>
/// <param name="Bare">A server that answers the same bytes and does nothing else.</param>
/// <param name="Writes">PUT …/config, each of them on the disk when it is answered.</param>
internal sealed record ApiBenchResult(int Connections, int Bytes, LoadResult Reads, LoadResult Bare, LoadResult Writes)
{
    /// <summary>Of the bare server's throughput.</summary>
    public double Ratio => Reads.PerSecond / Bare.PerSecond;

    public JsonObject ToJson() => new()
    {
        ["connections"] = Connections,
        ["bytes"] = Bytes,
        ["readsPerSecond"] = Math.Round(Reads.PerSecond, 1),
        ["barePerSecond"] = Math.Round(Bare.PerSecond, 1),
        ["ratio"] = Math.Round(Ratio, 3),
        ["writesPerSecond"] = Math.Round(Writes.PerSecond, 1),
        ["readMs"] = Percentiles.Of(Reads.Milliseconds)!.ToJson(3),
        ["bareMs"] = Percentiles.Of(Bare.Milliseconds)!.ToJson(3),
        ["writeMs"] = Percentiles.Of(Writes.Milliseconds)!.ToJson(3),
    };

    public string ToText()
    {
        var (reads, bare, writes) = (Percentiles.Of(Reads.Milliseconds)!, Percentiles.Of(Bare.Milliseconds)!, Percentiles.Of(Writes.Milliseconds)!);
        return FormattableString.Invariant($"""
            {Connections} connections, answers of {Bytes} bytes
            GET enabled    {Reads.PerSecond:0} a second; p50 {reads.P50:0.000}, p99 {reads.P99:0.000} ms
            bare Kestrel   {Bare.PerSecond:0} a second; p50 {bare.P50:0.000}, p99 {bare.P99:0.000} ms
            ratio          {Ratio:0.00} (at least 0.60 is wanted)
            PUT config     {Writes.PerSecond:0} a second; p50 {writes.P50:0.000}, p99 {writes.P99:0.000} ms
            """);
    }
}
