using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Providers;

/// <summary>What the host lends to the providers of one plugin.</summary>
/// <param name="httpHandler">The host's connections; lent in a form that a plugin cannot dispose.</param>
/// <param name="loggerFactory">The host's loggers.</param>
/// <param name="timeProvider">The host's clock.</param>
/// <param name="pluginFolders">Where the plugin's own files lie, first match wins.</param>
/// <param name="nativeFolder">The host's native/ folder.</param>
internal sealed class ProviderContext(
    HttpMessageHandler httpHandler,
    ILoggerFactory loggerFactory,
    TimeProvider timeProvider,
    IReadOnlyList<string> pluginFolders,
    string nativeFolder) : IProviderContext
{
    public HttpMessageHandler HttpHandler { get; } = new LentHttpHandler(httpHandler);

    public ILoggerFactory LoggerFactory { get; } = loggerFactory;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public string? Find(ProviderRequirement requirement) => requirement.Kind switch
    {
        RequirementKind.NativeLibrary =>
            pluginFolders.Select(folder => NativeNames.Find(folder, requirement.Name)).FirstOrDefault(path => path is not null)
            ?? NativeNames.FindIn(nativeFolder, requirement.Name),
        RequirementKind.Model =>
            pluginFolders.Append(nativeFolder).Select(folder => Path.Combine(folder, requirement.Name)).FirstOrDefault(File.Exists),
        RequirementKind.Program => ProgramPath.Find(requirement.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement.Kind, "No such kind of requirement."),
    };
}
