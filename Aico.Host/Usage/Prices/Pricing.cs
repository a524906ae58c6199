using System.Net;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers.Egress;
using Aico.Host.Storage;

namespace Aico.Host.Usage.Prices;

/// <summary>Estimates what attempts cost. Safe from any thread.</summary>
/// <param name="table">The prices.</param>
/// <param name="hostingOf">Where a provider's work is done, by its key; null where there is no such provider.</param>
internal sealed class Pricing(PriceTable table, Func<string, ProviderHosting?> hostingOf)
{
    // Names that no public server has: RFC 6761, RFC 6762, RFC 8375, and what networks of containers and offices use.
    private static readonly string[] PrivateSuffixes = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".localdomain", ".svc"];

    private volatile PriceTable _table = table;

    /// <summary>Estimates from now on by another table.</summary>
    public void Use(PriceTable table) => _table = table;

    /// <summary>US dollars at the price of the attempt's moment; null where none is known.</summary>
    /// <param name="row">The attempt.</param>
    /// <param name="endpoint">Where it was asked.</param>
    public decimal? CostOf(UsageRow row, string endpoint)
    {
        var hosting = hostingOf(row.Provider);
        // What can be a server of the operator's can as well lead to a vendor, who sends bills.
        return _table.Find(row, hosting == ProviderHosting.Local && IsPublic(endpoint) ? ProviderHosting.Cloud : hosting)?.CostOf(row);
    }

    private static bool IsPublic(string endpoint)
    {
        if (!Uri.TryCreate(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"tcp://{endpoint}", UriKind.Absolute, out var address))
        {
            return false;
        }

        var host = address.IdnHost.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(host, out var ip)
            ? PrivateAddresses.Describe(ip) is null
            : host.Contains('.', StringComparison.Ordinal) && !Array.Exists(PrivateSuffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }
}
