using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary><c>aico providers models|voices</c>: what a service offers with the credentials of the environment, or of an organization.</summary>
internal static class ProvidersOfferCommand
{
    public static Command Models(Func<AicoHost> openHost, TimeProvider time) => Create<IModelCatalog, ModelInfo>(
        "models",
        "Lists the models that a provider's service offers.",
        openHost,
        time,
        (_, catalog, ct) => catalog?.ListModelsAsync(ct).AsTask(),
        models =>
        {
            var table = new CliTable("MODEL", "NAME", "CONTEXT", "ENDS");
            foreach (var model in models)
            {
                table.Add([model.Id, model.DisplayName ?? "", $"{model.ContextWindow}", $"{model.EndsOn:O}"]);
            }

            return table;
        });

    public static Command Voices(Func<AicoHost> openHost, TimeProvider time) => Create<IVoiceCatalog, VoiceInfo>(
        "voices",
        "Lists the voices that a provider's service offers.",
        openHost,
        time,
        (definition, catalog, ct) => catalog is not null ? catalog.ListVoicesAsync(ct).AsTask()
            : definition.Capabilities is TextToSpeechCapabilities { Voices: { Count: > 0 } known } ? Task.FromResult<IReadOnlyList<VoiceInfo>>([.. known.Select(name => new VoiceInfo(name))])
            : null,
        voices =>
        {
            var table = new CliTable("VOICE", "NAME", "LANGUAGES", "");
            foreach (var voice in voices)
            {
                table.Add([voice.Id, voice.DisplayName ?? "", string.Join(", ", voice.Languages), voice.Description ?? ""]);
            }

            return table;
        });

    private static Command Create<TCatalog, TItem>(
        string name, string description, Func<AicoHost> openHost, TimeProvider time,
        Func<ProviderDefinition, TCatalog?, CancellationToken, Task<IReadOnlyList<TItem>>?> list, Func<IReadOnlyList<TItem>, CliTable> table)
        where TCatalog : class
    {
        var subjects = new ProviderSubjects(openHost, time);
        var key = new Argument<string>("provider") { Description = "The provider's key, as \"aico providers list\" shows it." };
        var json = CliJson.Option();
        var command = new Command(name, description) { key, json };
        subjects.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var host = openHost();
            var organization = await subjects.ResolveAsync(parsed, host, [parsed.GetRequiredValue(key)], ct);
            var entry = organization.Chains.Values.SelectMany(chain => chain).FirstOrDefault()
                ?? throw new CliException($"\"{organization.Id}\" does not use \"{parsed.GetValue(key)}\".");
            var items = await AskAsync(entry, host, list, ct);
            if (parsed.GetValue(json))
            {
                CliJson.Write(parsed.InvocationConfiguration.Output, new Dictionary<string, object> { [name] = items });
            }
            else
            {
                table(items).Write(parsed.InvocationConfiguration.Output);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TItem>> AskAsync<TCatalog, TItem>(
        ResolvedProvider entry, AicoHost host, Func<ProviderDefinition, TCatalog?, CancellationToken, Task<IReadOnlyList<TItem>>?> list, CancellationToken ct)
        where TCatalog : class
    {
        var provider = host.Providers.Create(
            entry.Definition, entry.Settings, entry.Secrets, isOperators: entry.Origin is not (ConfigurationOrigin.Api or ConfigurationOrigin.Backend));
        try
        {
            return await (list(entry.Definition, ProbeOutcome.As<TCatalog>(provider), ct)
                ?? throw new CliException($"\"{entry.Key}\" does not list what it offers."));
        }
        finally
        {
            await ProbeOutcome.DisposeAsync(provider);
        }
    }
}
