using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Organizations;

/// <summary>What many organizations cost on this machine.</summary>
/// <param name="Organizations">How many.</param>
/// <param name="Providers">Of each.</param>
/// <param name="DatabaseBytes">The file with its log.</param>
/// <param name="StartMs">From the start of a host's process to its API.</param>
/// <param name="EmptyStartMs">The same over an empty database.</param>
/// <param name="ResidentBytes">The host's memory after it was asked for a thousand organizations.</param>
/// <param name="EmptyResidentBytes">A host's memory over an empty database, after as many questions.</param>
/// <param name="ColdMs">Resolving an organization that nobody has asked for.</param>
/// <param name="CachedNanoseconds">Resolving one that is kept, a mean.</param>
/// <param name="CachedBytes">What that allocates.</param>
internal sealed record OrganizationsBenchResult(
    int Organizations, int Providers, long DatabaseBytes, double StartMs, double EmptyStartMs, long ResidentBytes, long EmptyResidentBytes,
    Percentiles ColdMs, double CachedNanoseconds, double CachedBytes)
{
    public JsonObject ToJson() => new()
    {
        ["organizations"] = Organizations,
        ["providers"] = Providers,
        ["databaseBytes"] = DatabaseBytes,
        ["startMs"] = Math.Round(StartMs),
        ["emptyStartMs"] = Math.Round(EmptyStartMs),
        ["residentBytes"] = ResidentBytes,
        ["emptyResidentBytes"] = EmptyResidentBytes,
        ["coldMs"] = ColdMs.ToJson(3),
        ["cachedNanoseconds"] = Math.Round(CachedNanoseconds, 1),
        ["cachedBytes"] = CachedBytes,
    };

    public string ToText() => FormattableString.Invariant($"""
        {Organizations} organizations, {Providers} providers each; database {DatabaseBytes / 1e6:0.0} MB
        start to API    {StartMs:0} ms (empty database {EmptyStartMs:0} ms); under 2000 is wanted
        resident        {ResidentBytes / 1e6:0.0} MB after a thousand were asked for (empty database {EmptyResidentBytes / 1e6:0.0} MB); under 150 is wanted
        resolve, cold   p50 {ColdMs.P50:0.000}, p99 {ColdMs.P99:0.000}, max {ColdMs.Max:0.000} ms; under 5 is wanted
        resolve, kept   {CachedNanoseconds:0} ns, {CachedBytes:0.##} bytes; under 1000 ns and none is wanted
        """);
}
