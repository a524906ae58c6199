using System.Net;
using System.Net.Sockets;

namespace Aico.Host.Providers.Egress;

/// <summary>Tells addresses that are anybody's on the internet from those that lie inside somebody's network, or are no host's.</summary>
internal static class PrivateAddresses
{
    // From the registries of special-purpose addresses for IPv4 and IPv6: what is not globally reachable, and what reaches IPv4 by IPv6.
    private static readonly (IPNetwork Range, string What)[] Ranges =
    [
        .. new (string Range, string What)[]
        {
            ("0.0.0.0/8", "unspecified"),
            ("10.0.0.0/8", "private"),
            ("100.64.0.0/10", "shared by a carrier's customers"),
            ("127.0.0.0/8", "loopback"),
            ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
            ("172.16.0.0/12", "private"),
            ("192.0.0.0/24", "reserved for protocols"),
            ("192.0.2.0/24", "for documentation"),
            ("192.88.99.0/24", "a relay"),
            ("192.168.0.0/16", "private"),
            ("198.18.0.0/15", "for benchmarks"),
            ("198.51.100.0/24", "for documentation"),
            ("203.0.113.0/24", "for documentation"),
            ("224.0.0.0/4", "multicast"),
            ("240.0.0.0/4", "reserved or broadcast"),
            ("168.63.129.16/32", "a cloud's metadata"),
            ("::/128", "unspecified"),
            ("::1/128", "loopback"),
            ("64:ff9b:1::/48", "a private translation"),
            ("100::/64", "discarded"),
            ("2001:db8::/32", "for documentation"),
            ("3fff::/20", "for documentation"),
            ("5f00::/16", "for routing"),
            ("fc00::/7", "unique-local"),
            ("fe80::/10", "link-local"),
            ("fec0::/10", "site-local"),
            ("ff00::/8", "multicast"),
        }.Select(entry => (IPNetwork.Parse(entry.Range), entry.What)),
    ];

    /// <summary>What kind of address it is, for people; null where it is a public one.</summary>
    public static string? Describe(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var (range, what) in Ranges)
        {
            if (range.Contains(plain))
            {
                return what;
            }
        }

        return null;
    }

    /// <summary>The address that is really reached: an IPv6 address may hold an IPv4 one, and carry a zone.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        // 2002::/16 carries it in the bytes after the prefix, 64:ff9b::/96 and the old ::/96 at the end, Teredo inverted at the end.
        if (bytes is [0x20, 0x02, ..])
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }

        if (bytes is [0x20, 0x01, 0, 0, ..])
        {
            return new IPAddress([(byte)~bytes[12], (byte)~bytes[13], (byte)~bytes[14], (byte)~bytes[15]]);
        }

        var isTranslated = bytes.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]);
        var isCompatible = !bytes.AsSpan(0, 12).ContainsAnyExcept((byte)0) && bytes.AsSpan(12, 3).ContainsAnyExcept((byte)0);
        return isTranslated || isCompatible ? new IPAddress(bytes.AsSpan(12, 4)) : address.ScopeId == 0 ? address : new IPAddress(bytes);
    }
}
