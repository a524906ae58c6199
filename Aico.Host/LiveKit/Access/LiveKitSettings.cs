using System.Text;
using Aico.Abstractions.Plugins;

namespace Aico.Host.LiveKit.Access;

/// <summary>Which server, and the key pair that signs for it. Prints without the secret.</summary>
internal sealed record LiveKitSettings
{
    public const string UrlVariable = "LIVEKIT_URL";
    public const string KeyVariable = "LIVEKIT_API_KEY";
    public const string SecretVariable = "LIVEKIT_API_SECRET";

    /// <summary>HS256 signs with no less (RFC 7518, 3.2), and the server warns of less.</summary>
    public const int ShortestSecret = 32;

    private static readonly string[] Schemes = ["ws", "wss", "http", "https"];
    private readonly Uri _url = null!;
    private readonly Secret _secret = null!;

    /// <summary>As the operator wrote it: <c>http:</c>, <c>https:</c>, <c>ws:</c> or <c>wss:</c>.</summary>
    /// <exception cref="LiveKitSettingsException">It is none of these.</exception>
    public required Uri Url
    {
        get => _url;
        init => _url = UrlProblem(value) is { } problem ? throw new LiveKitSettingsException([problem]) : value;
    }

    /// <summary>Names the pair; not a secret.</summary>
    public required string Key { get; init; }

    /// <exception cref="LiveKitSettingsException">It is too short.</exception>
    public required Secret Secret
    {
        get => _secret;
        init => _secret = SecretProblem(value.Reveal()) is { } problem ? throw new LiveKitSettingsException([problem]) : value;
    }

    /// <summary>The address of rooms and workers.</summary>
    public Uri WebSocketUrl => WithScheme("ws", "wss");

    /// <summary>The address of the server's API.</summary>
    public Uri HttpUrl => WithScheme("http", "https");

    /// <summary>Reads the three variables. Null where none is set: this host has no LiveKit server.</summary>
    /// <exception cref="LiveKitSettingsException">Some are set but not all, or not rightly; names every one.</exception>
    public static LiveKitSettings? FromEnvironment(Func<string, string?> variable)
    {
        var url = variable(UrlVariable)?.Trim() ?? "";
        var key = variable(KeyVariable)?.Trim() ?? "";
        var secret = variable(SecretVariable)?.Trim() ?? "";
        if (url.Length + key.Length + secret.Length == 0)
        {
            return null;
        }

        // The values stay out of the messages: an operator may have mixed up the variables.
        var address = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null;
        string?[] problems =
        [
            url.Length == 0 ? $"{UrlVariable} is not set." : UrlProblem(address),
            key.Length == 0 ? $"{KeyVariable} is not set." : null,
            secret.Length == 0 ? $"{SecretVariable} is not set." : SecretProblem(secret),
        ];
        return problems.Any(problem => problem is not null)
            ? throw new LiveKitSettingsException([.. problems.OfType<string>()])
            : new LiveKitSettings { Url = address!, Key = key, Secret = new Secret(secret) };
    }

    /// <summary>Appends a path to an address that may have one itself.</summary>
    public static Uri Join(Uri address, string path) => new(address.AbsoluteUri.TrimEnd('/') + "/" + path);

    private static string? UrlProblem(Uri? url) =>
        url is null || !url.IsAbsoluteUri || !Schemes.Contains(url.Scheme) || url.Host.Length == 0
            ? $"{UrlVariable} is no address of a LiveKit server, such as wss://livekit.example.com or ws://localhost:7880."
        : url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0
            ? $"{UrlVariable} must be a plain address, without user, query or fragment."
        : null;

    private static string? SecretProblem(string secret) =>
        Encoding.UTF8.GetByteCount(secret) >= ShortestSecret
            ? null
            : $"{SecretVariable} is too short: it needs {ShortestSecret} characters or more, here and in the server's configuration "
                + "(the \"secret\" of a server started with --dev is too short).";

    private Uri WithScheme(string plain, string secure)
    {
        var scheme = Url.Scheme is "wss" or "https" ? secure : plain;
        return new UriBuilder(Url) { Scheme = scheme, Port = Url.IsDefaultPort ? -1 : Url.Port }.Uri;
    }
}
