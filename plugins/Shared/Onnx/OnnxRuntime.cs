using System.Collections.Concurrent;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>
/// ONNX Runtime, loaded once per library file and kept for the life of the process. This source is compiled into every plugin
/// that runs models; the platform's loader gives them all the same native instance for the same file.
/// </summary>
internal sealed class OnnxRuntime
{
    private static readonly ConcurrentDictionary<string, Lazy<OnnxRuntime>> Loaded = new();

    private OnnxRuntime(OnnxApi api)
    {
        Api = api;
        Environment = api.CreateEnvironment();
        CpuMemory = api.CreateCpuMemoryInfo();
    }

    /// <summary>What a plugin that runs models must name among its requirements.</summary>
    public static ProviderRequirement Requirement { get; } =
        new(RequirementKind.NativeLibrary, "onnxruntime", "./build.sh (npm ci in native/)");

    internal OnnxApi Api { get; }

    internal nint Environment { get; }

    internal nint CpuMemory { get; }

    /// <summary>Returns the runtime of a library file, loading it on the first call (15 to 50 ms, 13 MB).</summary>
    /// <exception cref="ProviderException">The file cannot be used. A later call tries again.</exception>
    public static OnnxRuntime Load(string path)
    {
        var runtime = Loaded.GetOrAdd(path, key => new(() => new(OnnxApi.Load(key))));
        try
        {
            return runtime.Value;
        }
        catch (ProviderException)
        {
            Loaded.TryRemove(new(path, runtime));
            throw;
        }
    }

    /// <summary>Returns the path of a required file.</summary>
    /// <exception cref="ProviderException">It is not on this machine; the message says how to get it.</exception>
    public static string Require(IProviderContext context, ProviderRequirement requirement) =>
        context.Find(requirement)
        ?? throw new ProviderException(
            ProviderFailure.Unavailable,
            $"The {(requirement.Kind == RequirementKind.Model ? "model file" : "library")} {requirement.Name} is missing; get it with: {requirement.HowToGet}.");
}
