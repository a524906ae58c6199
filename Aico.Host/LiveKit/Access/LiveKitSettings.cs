using System.Text;
using Aico.Abstractions.Plugins;

namespace Aico.Host.LiveKit.Access;

/// <summary>Which server, and the key pair that signs for it. Prints without the secret.</summary>
internal sealed record LiveKitSettings
{
    public const string UrlVariable = "LIVEKIT_URL";
    public const string KeyVariable = "LIVEKIT_API_KEY";
    public const string SecretVariable = "LIVEKIT_API_SECRET";

    /// <summary>HS256 asks for no less (RFC 7518, 3.2), and the server warns of less; a server started with --dev has "secret".</summary>
    public const int ShortestSafeSecret = 32;

    // HMAC pads a key with zeros to the block of its hash, so that this changes no signature; the token library signs with no short one.
    private const int HmacBlock = 64;

    private static readonly string[] Schemes = ["ws", "wss", "http", "https"];
    private readonly Uri _url = null!;

    /// <summary>As the operator wrote it: <c>http:</c>, <c>https:</c>, <c>ws:</c> or <c>wss:</c>.</summary>
    /// <exception cref="LiveKitSettingsException">It is none of these.</exception>
    public required Uri Url
    {
        get => _url;
        init => _url = UrlProblem(value) is { } problem ? throw new LiveKitSettingsException([problem]) : value;
    }

    /// <summary>Names the pair; not a secret.</summary>
    public required string Key { get; init; }

    public required Secret Secret { get; init; }

    /// <summary>True: whoever sees a token can find the secret by trying.</summary>
    public bool IsSecretTooShort => Encoding.UTF8.GetByteCount(Secret.Reveal()) < ShortestSafeSecret;

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
            secret.Length == 0 ? $"{SecretVariable} is not set." : null,
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

    /// <summary>The key that tokens are signed with. A secret.</summary>
    internal byte[] SigningKey()
    {
        var bytes = Encoding.UTF8.GetBytes(Secret.Reveal());
        if (bytes.Length < HmacBlock)
        {
            Array.Resize(ref bytes, HmacBlock);
        }

        return bytes;
    }

    private Uri WithScheme(string plain, string secure)
    {
        var scheme = Url.Scheme is "wss" or "https" ? secure : plain;
        return new UriBuilder(Url) { Scheme = scheme, Port = Url.IsDefaultPort ? -1 : Url.Port }.Uri;
    }
}
