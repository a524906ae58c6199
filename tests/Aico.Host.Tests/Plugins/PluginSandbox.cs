using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers;
using Aico.Testing;

namespace Aico.Host.Tests.Plugins;

/// <summary>A host folder of its own in the system's folder for temporary files, filled with fixture plugins.</summary>
internal sealed class PluginSandbox : IDisposable
{
    private static readonly string _configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-test-");

    public PluginSandbox() => Directory.CreateDirectory(PluginsFolder);

    public string HostFolder => _folder.FullName;

    public string PluginsFolder => Path.Combine(HostFolder, "plugins");

    /// <summary>Every fixture with the folder name that its manifest asks for.</summary>
    public static IReadOnlyDictionary<string, string> Fixtures { get; } = new Dictionary<string, string>
    {
        ["Good"] = "good",
        ["DependencyV1User"] = "dependency-v1-user",
        ["DependencyV2User"] = "dependency-v2-user",
        ["MissingDependency"] = "missing-dependency",
        ["ThrowsInRegister"] = "throws-in-register",
        ["ContractTooNew"] = "contract-too-new",
        ["ManifestUnreadable"] = "manifest-unreadable",
        ["PathEscaping"] = "path-escaping",
        ["KeyTaken"] = "key-taken",
    };

    /// <summary>Where the build has put a fixture plugin.</summary>
    public static string BuildOf(string fixture) =>
        Path.Combine(TestPaths.Repository, "artifacts", "bin", $"Fixtures.{fixture}", _configuration);

    /// <summary>Copies a fixture plugin into the plugins folder, over what lies there, and returns its folder.</summary>
    public string Add(string fixture, string? folder = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(PluginsFolder, folder ?? Fixtures[fixture])).FullName;
        foreach (var file in Directory.EnumerateFiles(BuildOf(fixture)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        return target;
    }

    public AicoHostOptions Options() => new() { HostFolder = HostFolder, FurtherPluginFolders = [] };

    public AicoHost Open() => AicoHost.Create(Options());

    /// <summary>Asks a provider of the fixtures what it hears.</summary>
    public static async Task<string> AskAsync(object provider) =>
        (await ((IBatchSpeechToText)provider).TranscribeAsync(
            default, new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), CancellationToken.None)).Text;

    public static object Create(AicoHost host, string key, JsonObject? settings = null) =>
        host.Providers.Create(host.Catalog.Find(key)!, settings ?? [], new Dictionary<string, Abstractions.Plugins.Secret>());

    public void Dispose() => _folder.Delete(recursive: true);
}
