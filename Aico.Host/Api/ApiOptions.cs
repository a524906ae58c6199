using System.Net;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Api;

/// <summary>Where the API listens and who may call it.</summary>
internal sealed record ApiOptions
{
    public const int DefaultPort = 5005;

    /// <summary>Loopback unless told otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Null: whoever reaches the loopback address may call. Elsewhere a key is a must.</summary>
    public Secret? Key { get; init; }

    /// <summary>Opens /metrics and nothing else; null: the operator's key alone does.</summary>
    public Secret? MetricsKey { get; init; }

    /// <summary>Origins of web pages that may call from a browser, such as <c>https://app.example.com</c>.</summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>Requests that a key of an organization may make; null: as many as it likes.</summary>
    public ApiRate? Rate { get; init; } = ApiRate.Default;

    /// <summary>True for a host that answers for its health alone.</summary>
    public bool IsHealthOnly { get; init; }
}
