using System.Net;

namespace Aico.Host.Cli.Serve;

/// <summary>Where the API listens, said by --host and --port, or by --urls as other .NET hosts are told.</summary>
/// <param name="Address">Of this machine.</param>
/// <param name="Port">0: any free one.</param>
internal sealed record ServeAddress(IPAddress Address, int Port)
{
    /// <exception cref="CliException">It is no place to listen at.</exception>
    public static ServeAddress Of(ServeRequest request) => request.Urls is { Length: > 0 } urls
        ? OfUrl(urls)
        : new ServeAddress(Parse("--host", request.Host), request.Port);

    private static ServeAddress OfUrl(string urls)
    {
        if (!Uri.TryCreate(urls.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            throw new CliException("--urls: expected one address such as http://127.0.0.1:5005. HTTPS is for a proxy before this host.");
        }

        return new ServeAddress(Parse("--urls", url.Host.Trim('[', ']')), url.Port);
    }

    private static IPAddress Parse(string option, string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new CliException($"{option}: expected an IP address, such as 127.0.0.1 or 0.0.0.0.");
}
