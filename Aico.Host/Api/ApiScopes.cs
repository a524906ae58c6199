namespace Aico.Host.Api;

/// <summary>What a key of an organization may be for.</summary>
internal static class ApiScopes
{
    public const string ProvidersRead = "providers:read";
    public const string ProvidersWrite = "providers:write";
    public const string SecretsWrite = "secrets:write";
    public const string SessionsRead = "sessions:read";
    public const string SessionsWrite = "sessions:write";
    public const string UsageRead = "usage:read";

    public static IReadOnlyList<string> All { get; } = [ProvidersRead, ProvidersWrite, SecretsWrite, SessionsRead, SessionsWrite, UsageRead];
}
