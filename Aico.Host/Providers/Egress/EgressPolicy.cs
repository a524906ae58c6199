using System.Net;

namespace Aico.Host.Providers.Egress;

/// <summary>
/// Where providers that an organization has set may be reached. Public addresses always; what lies inside a network only where the
/// operator allows it, so that no organization reaches into the operator's network. Providers of the operator's own are not asked.
/// </summary>
internal sealed class EgressPolicy
{
    public const string Variable = "AICO_EGRESS_ALLOW";

    // Names that lead to this machine or to a cloud's metadata wherever they are resolved.
    private static readonly string[] InsideNames = ["localhost", "metadata.google.internal", "metadata.goog", "instance-data", "metadata"];

    private readonly IReadOnlyList<EgressRule> _rules;
    private readonly bool _allowsLoopback;

    private EgressPolicy(IReadOnlyList<EgressRule> rules, bool allowsLoopback) => (_rules, _allowsLoopback) = (rules, allowsLoopback);

    /// <summary>For hosts that serve nobody but who started them.</summary>
    public static EgressPolicy Unrestricted { get; } = new([new EgressRule.Everything()], allowsLoopback: true);

    public bool IsUnrestricted => _rules.OfType<EgressRule.Everything>().Any();

    /// <param name="allowed">As the variable says it: hosts, host:port, addresses, networks, or * for all, with commas between; null: nothing.</param>
    /// <param name="allowsLoopback">True where everybody who can configure anything is on this machine already.</param>
    /// <exception cref="FormatException">An entry is none of these; the message names it.</exception>
    public static EgressPolicy Parse(string? allowed, bool allowsLoopback = false) => new(
        [
            .. (allowed ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(entry => EgressRule.Parse(entry) ?? throw new FormatException(
                    $"{Variable}: \"{entry}\" is no host, host:port, address, network such as 10.0.0.0/8, or *.")),
        ],
        allowsLoopback);

    /// <summary>Null where the address may be reached under this name; else a sentence why not.</summary>
    public string? Refusal(string host, int port, IPAddress address)
    {
        if (PrivateAddresses.Describe(address) is not { } what || IsNamed(host, port))
        {
            return null;
        }

        var plain = PrivateAddresses.Plain(address);
        return _rules.OfType<EgressRule.Network>().Any(rule => rule.Covers(plain, port) || rule.Covers(address, port)) || (_allowsLoopback && IPAddress.IsLoopback(plain))
            ? null
            : Say(host, port, IPAddress.TryParse(host.Trim('[', ']'), out _) ? $"is {what}" : $"leads to an address that is {what}");
    }

    /// <summary>What can be said of a host without asking what its name leads to; null: nothing against it.</summary>
    public string? RefusalUnresolved(string host, int port)
    {
        // "2130706433" and "0x7f.1" are addresses too, which the system's resolver reads as such.
        var written = Canonical(host);
        if (IPAddress.TryParse(written, out var address))
        {
            return Refusal(host, port, address);
        }

        var name = written.TrimEnd('.');
        var isInside = InsideNames.Contains(name, StringComparer.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        var isLocal = name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return !isInside || IsNamed(host, port) ? null
            : isLocal ? Refusal(host, port, IPAddress.Loopback)
            : Say(host, port, "is a cloud's metadata");
    }

    private bool IsNamed(string host, int port) =>
        IsUnrestricted || _rules.OfType<EgressRule.Host>().Any(rule => rule.Covers(host.Trim('[', ']').TrimEnd('.'), port));

    private static string Canonical(string host) =>
        Uri.TryCreate($"http://{(host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host)}/", UriKind.Absolute, out var url)
            ? url.IdnHost.Trim('[', ']')
            : host;

    private static string Say(string host, int port, string why) =>
        $"{host}:{port} {why}: providers of organizations reach public addresses only, unless the operator allows others ({Variable}).";
}
