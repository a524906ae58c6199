using Aico.Host.Providers;

namespace Aico.Host.Cli.Agents;

/// <summary>Where organizations are configured, as the environment says.</summary>
internal sealed record ConfigurationSettings
{
    public const string FallbackVariable = "PROVIDER_ENV_FALLBACK";
    public const string CacheVariable = "AICO_CONFIG_CACHE";
    public const string BackendVariable = "AICO_BACKEND_URL";
    public const string FilesVariable = "AICO_ORGANIZATIONS_DIR";

    /// <summary>True: the environment's providers stand behind the organizations' own.</summary>
    public bool UsesEnvironment { get; init; } = true;

    /// <summary>How old a configuration may become before it is asked for again.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The host that organizations are fetched from; null: this one's store and files.</summary>
    public Uri? Backend { get; init; }

    /// <summary>The folder with a JSON file for each organization; null: config/organizations beside the program.</summary>
    public string? FilesFolder { get; init; }

    /// <summary>The folder with the files, for a program in the given one.</summary>
    public string FolderIn(string hostFolder) => FilesFolder ?? Path.Combine(hostFolder, "config", "organizations");

    /// <exception cref="CliException">A variable has no meaning.</exception>
    public static ConfigurationSettings Of(IReadOnlyDictionary<string, string> environment) => new()
    {
        UsesEnvironment = Switch(environment, FallbackVariable, unset: true),
        MaximumAge = environment.TryGetValue(CacheVariable, out var age)
            ? Duration.TryParse(age, out var time) && time >= TimeSpan.Zero ? time : throw new CliException($"{CacheVariable}: expected a duration such as 5m or 30s.")
            : TimeSpan.FromMinutes(5),
        Backend = environment.TryGetValue(BackendVariable, out var url)
            ? Uri.TryCreate(url, UriKind.Absolute, out var backend) && backend.Scheme is "http" or "https" ? new Uri(url, UriKind.Absolute)
                : throw new CliException($"{BackendVariable}: expected the address of another AICO host, such as http://10.0.0.5:5005.")
            : null,
        FilesFolder = environment.GetValueOrDefault(FilesVariable),
    };

    private static bool Switch(IReadOnlyDictionary<string, string> environment, string name, bool unset) =>
        environment.GetValueOrDefault(name)?.ToLowerInvariant() switch
        {
            null => unset,
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => throw new CliException($"{name}: expected true or false."),
        };
}
