using Aico.Host.Providers;

namespace Aico.Host.Organizations.Keys;

/// <summary>What a key may be allowed to do.</summary>
internal static class ApiKeyScopes
{
    public const string ProvidersRead = "providers:read";
    public const string ProvidersWrite = "providers:write";
    public const string SecretsWrite = "secrets:write";
    public const string SessionsRead = "sessions:read";
    public const string SessionsWrite = "sessions:write";
    public const string UsageRead = "usage:read";

    public static IReadOnlyList<string> All { get; } = [ProvidersRead, ProvidersWrite, SecretsWrite, SessionsRead, SessionsWrite, UsageRead];

    /// <summary>What is wrong with the scopes that somebody asks for; empty where nothing is.</summary>
    /// <param name="scopes">The names.</param>
    /// <param name="pointer">JSON pointer of the list.</param>
    public static IReadOnlyList<SettingsError> Errors(IReadOnlyList<string> scopes, string pointer)
    {
        if (scopes.Count == 0)
        {
            return [new SettingsError(pointer, SettingsProblem.Missing, $"A key needs at least one scope: {string.Join(", ", All)}.")];
        }

        return [.. scopes.Index().Where(scope => !All.Contains(scope.Item)).Select(scope => Unknown(scope.Item, $"{pointer}/{scope.Index}"))];
    }

    private static SettingsError Unknown(string scope, string pointer)
    {
        var nearest = NearestName.Of(scope, All);
        var hint = nearest is null ? $"the scopes are {string.Join(", ", All)}." : $"did you mean \"{nearest}\"?";
        return new SettingsError(pointer, SettingsProblem.Invalid, $"There is no scope \"{scope}\"; {hint}", nearest);
    }
}
