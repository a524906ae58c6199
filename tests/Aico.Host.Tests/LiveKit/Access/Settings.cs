using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.Tests.LiveKit.Access;

/// <summary>A key pair for tests.</summary>
internal static class Settings
{
    public const string Key = "devkey";
    public const string Secret = "a-secret-of-thirty-two-characters-or-more";

    public static LiveKitSettings For(string url, string key = Key, string secret = Secret) =>
        new() { Url = new Uri(url), Key = key, Secret = new Secret(secret) };
}
