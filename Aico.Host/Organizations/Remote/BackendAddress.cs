using System.Net;

namespace Aico.Host.Organizations.Remote;

/// <summary>Paths that hosts speak to each other on.</summary>
internal static class BackendAddress
{
    public const string Organizations = "/api/internal/organizations";

    /// <summary>Below an organization.</summary>
    public const string Sessions = "sessions";

    /// <summary>Below an organization.</summary>
    public const string Usage = "usage";

    /// <summary>Below an organization.</summary>
    public const string Spending = "spending";

    public const string Changes = "/api/internal/changes";

    /// <summary>A comment that says that the feed is alive.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>A backend that is silent for so long is taken for gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>A sentence where keys of organizations would cross a network in clear; else null.</summary>
    public static string? WarningFor(Uri backend) =>
        backend.Scheme == Uri.UriSchemeHttps || backend.Host == "localhost" || (IPAddress.TryParse(backend.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
            ? null
            : $"{backend.Scheme}://{backend.Authority} is not encrypted: the internal key and the organizations' secrets can be read on the way. Use https, or a network that nobody else is in.";
}
