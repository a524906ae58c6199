using Aico.Abstractions.Plugins;
using Aico.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Plugins.Tests.Onnx;

/// <summary>Lends a provider the libraries and models that the build laid out, as the host would.</summary>
internal sealed class NativeContext : IProviderContext
{
    private static readonly string Native = Path.Combine(TestPaths.Repository, "artifacts", "aico", "native");

    public HttpMessageHandler HttpHandler => throw new NotSupportedException("A local model makes no connection.");

    public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public TimeProvider TimeProvider => TimeProvider.System;

    public static string Library => Required(
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so");

    public static string Required(string name)
    {
        var path = Path.Combine(Native, name);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing: ./build.sh brings it, and these tests mean nothing without it.");
    }

    public string? Find(ProviderRequirement requirement) =>
        requirement.Kind == RequirementKind.NativeLibrary ? Library : Required(requirement.Name);
}
