using System.Text;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Vendors;

/// <summary>Builds the addresses of a vendor from the base URL of its settings.</summary>
internal static class VendorAddress
{
    /// <exception cref="ProviderException">The base URL is no address.</exception>
    public static Uri Http(string baseUrl, string path, params IEnumerable<(string Name, string Value)> query)
    {
        var url = Parse(baseUrl);
        var scheme = url.Scheme switch { "ws" => "http", "wss" => "https", var other => other };
        return Build(url, scheme, path, query);
    }

    /// <exception cref="ProviderException">The base URL is no address.</exception>
    public static Uri WebSocket(string baseUrl, string path, params IEnumerable<(string Name, string Value)> query)
    {
        var url = Parse(baseUrl);
        var scheme = url.Scheme switch { "http" => "ws", "https" => "wss", var other => other };
        return Build(url, scheme, path, query);
    }

    private static Uri Parse(string baseUrl) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ws" or "wss"
            ? url
            : throw new ProviderException(ProviderFailure.InvalidRequest, "The base URL is no address. It should look like https://api.example.com.");

    private static Uri Build(Uri url, string scheme, string path, IEnumerable<(string Name, string Value)> query)
    {
        var address = new StringBuilder(url.Query.TrimStart('?'));
        foreach (var (name, value) in query)
        {
            address.Append(address.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        var port = url.IsDefaultPort ? -1 : url.Port;
        return new UriBuilder(scheme, url.Host, port, url.AbsolutePath.TrimEnd('/') + path) { Query = address.ToString() }.Uri;
    }
}
