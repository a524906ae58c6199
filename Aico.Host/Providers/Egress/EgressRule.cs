using System.Net;
using System.Net.Sockets;

namespace Aico.Host.Providers.Egress;

/// <summary>One thing that AICO_EGRESS_ALLOW allows.</summary>
internal abstract record EgressRule
{
    /// <summary>A host by its name, or by its address as it is written.</summary>
    /// <param name="Name">In lower case; one that begins with "*." stands for everything below it.</param>
    /// <param name="Port">Null: all.</param>
    public sealed record Host(string Name, int? Port) : EgressRule
    {
        public bool Covers(string host, int port) =>
            (Port is null || Port == port)
            && (Name.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(Name[1..], StringComparison.OrdinalIgnoreCase) : host.Equals(Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Addresses, whatever names lead to them.</summary>
    public sealed record Network(IPNetwork Range, int? Port = null) : EgressRule
    {
        public bool Covers(IPAddress address, int port) => (Port is null || Port == port) && Range.Contains(address);
    }

    public sealed record Everything : EgressRule;

    /// <summary>Null where the text is none.</summary>
    public static EgressRule? Parse(string text)
    {
        if (text == "*")
        {
            return new Everything();
        }

        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out var range) ? new Network(range) : null;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return new Network(Single(address));
        }

        if (IPEndPoint.TryParse(text, out var end) && end.Port > 0)
        {
            return new Network(Single(end.Address), end.Port);
        }

        var colon = text.LastIndexOf(':');
        var name = (colon < 0 ? text : text[..colon]).ToLowerInvariant();
        int? port = colon < 0 ? null : int.TryParse(text[(colon + 1)..], out var number) && number is > 0 and <= 65_535 ? number : -1;
        var plain = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        return port != -1 && Uri.CheckHostName(plain) == UriHostNameType.Dns ? new Host(name, port) : null;
    }

    private static IPNetwork Single(IPAddress address) => new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
}
