using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing;

/// <summary>What the host lends to a provider, for tests: real connections, no log, a clock of the test's choice, files from artifacts/aico.</summary>
public sealed class TestProviderContext : IProviderContext, IDisposable
{
    private readonly SocketsHttpHandler _handler = new();

    public HttpMessageHandler HttpHandler => _handler;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public string? Find(ProviderRequirement requirement)
    {
        var folders = requirement.Kind == RequirementKind.Program
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            : [Path.Combine(TestPaths.Repository, "artifacts", "aico", "native")];
        var name = requirement.Kind == RequirementKind.NativeLibrary ? $"lib{requirement.Name}.so" : requirement.Name;
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    public void Dispose() => _handler.Dispose();
}
