using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>
/// What SIGHUP asks for: environment files, prices and organizations' files are read again; plugins are watched anyway. Each part that cannot be used is logged
/// and stays as it was; calls that run keep what they began with.
/// </summary>
internal sealed partial class ServeReload(
    ServePlan plan, ServeRequest request, AicoHost host, ServeOrganizations organizations, ServeUsage usage, ILogger<ServeReload> logger)
{
    private readonly Lock _lock = new();

    /// <summary>Any thread may call it; two reloads never run at once. Waits for the disk alone.</summary>
    public void Run()
    {
        lock (_lock)
        {
            var isOther = ReadVariables();
            ReadPrices();
            organizations.ReadAgain(isOther);
            LogDone(organizations.Files?.Files.Count(file => file.IsServed) ?? 0);
        }
    }

    /// <summary>True for variables that are read when the host starts, and never again.</summary>
    internal static bool IsFixed(string name) =>
        name == "TTS_VOICE"
        || ServiceManager.Variables.Contains(name)
        || (name != PriceFile.Variable && new[] { "AICO_", "LIVEKIT_", "PROVIDER_" }.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>True where variables that count at once have changed.</summary>
    private bool ReadVariables()
    {
        IReadOnlyDictionary<string, string> found;
        try
        {
            found = CliEnvironment.Read(request.EnvFiles);
            // As at the start: what names no provider is refused as a whole.
            AgentPlanner.Plan(request, host.Catalog.Definitions, found, hears: plan.Room.HearsAudio, listens: plan.Room.HearsAudio, speaks: plan.Room.SpeaksAudio);
        }
        catch (Exception e) when (e is CliException or ProviderChoiceException or SettingsException)
        {
            LogRefused(e.Message);
            return false;
        }

        foreach (var warning in UnknownVariables.Warnings(found))
        {
            LogUnknown(warning);
        }

        // The service manager's are gone since the start: this process took them for itself.
        var changed = plan.Variables.Replace(found, IsFixed).Except(ServiceManager.Variables).ToLookup(IsFixed);
        if (changed[false].Any())
        {
            LogChanged(string.Join(", ", changed[false]));
        }

        if (changed[true].Any())
        {
            LogLater(string.Join(", ", changed[true]));
        }

        return changed[false].Any();
    }

    private void ReadPrices()
    {
        try
        {
            LogLine(usage.ReadPrices(plan.Variables));
        }
        catch (PriceFileException e)
        {
            LogRefused(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration was read again; {Files} organizations' files are served")]
    private partial void LogDone(int files);

    [LoggerMessage(Level = LogLevel.Information, Message = "Variables that have changed, for calls from now on: {Names}")]
    private partial void LogChanged(string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Variables that have changed and count from the next start on: {Names}")]
    private partial void LogLater(string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void LogUnknown(string warning);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private partial void LogLine(string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was there before stays in use. {Reason}")]
    private partial void LogRefused(string reason);
}
