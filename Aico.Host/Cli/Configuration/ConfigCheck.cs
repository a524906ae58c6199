using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Remote;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Configuration;

/// <summary>Looks at everything that a host would be configured by, and gathers what is wrong instead of stopping at the first.</summary>
internal sealed class ConfigCheck(AicoHost host, IReadOnlyDictionary<string, string> environment)
{
    private readonly List<ConfigFinding> _findings = [];

    public async Task<IReadOnlyList<ConfigFinding>> RunAsync(AgentRequest request, TimeProvider time)
    {
        _findings.AddRange(UnknownVariables.Warnings(environment).Select(warning => new ConfigFinding("variables", IsError: false, warning)));
        ConfigurationSettings? configuration = null;
        Look("environment", () => configuration = ConfigurationSettings.Of(environment));
        Look("egress", () => EgressSettings.Of(environment));
        Look("livekit", () => LiveKitEnvironment.Find(environment));
        if (configuration?.UsesEnvironment != false)
        {
            Look("providers", () => request = AgentPreset.Over(request, host.Catalog.Definitions));
            foreach (var (kind, flag) in new[] { (ProviderKind.SpeechToText, request.Stt), (ProviderKind.TextToSpeech, request.Tts), (ProviderKind.LanguageModel, request.Llm) })
            {
                Look($"providers/{ProviderKinds.Code(kind)}", () => Choose(kind, flag, request.Language));
            }
        }

        if (configuration?.Backend is { } backend)
        {
            if (!environment.ContainsKey(Serve.ServePlan.KeyVariable))
            {
                _findings.Add(new ConfigFinding("backend", IsError: true, $"{ConfigurationSettings.BackendVariable} is set: {Serve.ServePlan.KeyVariable} must be too."));
            }

            if (BackendAddress.WarningFor(backend) is { } warning)
            {
                _findings.Add(new ConfigFinding("backend", IsError: false, warning));
            }
        }
        else if (configuration is not null)
        {
            await LookAtFilesAsync(configuration, time);
        }

        return _findings;
    }

    private void Choose(ProviderKind kind, string? flag, string? language)
    {
        var chooser = new ProviderChooser(host.Catalog.Definitions, environment, []);
        chooser.Choose(kind, flag, kind == ProviderKind.TextToSpeech ? language : null);
        _findings.AddRange(chooser.Warnings.Select(warning => new ConfigFinding($"providers/{ProviderKinds.Code(kind)}", IsError: false, warning)));
    }

    private async Task LookAtFilesAsync(ConfigurationSettings configuration, TimeProvider time)
    {
        var folder = configuration.FolderIn(host.Options.HostFolder);
        if (configuration.FilesFolder is not null && !Directory.Exists(folder))
        {
            _findings.Add(new ConfigFinding("files", IsError: false, $"{folder} does not exist ({ConfigurationSettings.FilesVariable})."));
        }

        await using var files = FileOrganizations.Open(folder, host.Catalog, environment, time, NullLogger.Instance);
        foreach (var file in files.Files)
        {
            _findings.AddRange(file.Errors.Select(error => new ConfigFinding("files", IsError: true, error.At(file.File))));
            if (file.Errors.Count == 0 && await files.FindAsync(file.Id, CancellationToken.None) is { } document)
            {
                _findings.AddRange(document.Secrets.Where(secret => secret.Problem is not null)
                    .Select(secret => new ConfigFinding("files", IsError: false, $"{file.Id}: {secret.ProviderKey}: {secret.Problem}")));
            }
        }
    }

    private void Look(string area, Action look)
    {
        try
        {
            look();
        }
        catch (Exception e) when (e is CliException or ProviderChoiceException or SettingsException)
        {
            _findings.Add(new ConfigFinding(area, IsError: true, e.Message));
        }
    }
}
