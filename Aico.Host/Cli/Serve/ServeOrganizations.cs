using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Remote;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>All that a serving process knows of organizations, opened and closed in order.</summary>
internal sealed class ServeOrganizations : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _owned = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _warnings = [];

    private ServeOrganizations()
    {
    }

    public OrganizationAgents Agents { get; private set; } = null!;

    public OrganizationCache Cache { get; private set; } = null!;

    /// <summary>Null where organizations are fetched from another host.</summary>
    public IStore? Store { get; private set; }

    /// <summary>Null where organizations are fetched from another host.</summary>
    public OrganizationChanges? Changes { get; private set; }

    /// <summary>Their changes, for other hosts; null where they are fetched from another host themselves.</summary>
    public ChangeFeed? Feed { get; private set; }

    /// <summary>All of this host's organizations.</summary>
    public IOrganizationSource Source { get; private set; } = null!;

    /// <summary>Null where organizations are fetched from another host.</summary>
    public FileOrganizations? Files { get; private set; }

    /// <summary>Null where organizations are fetched from another host.</summary>
    public ApiKeys? Keys { get; private set; }

    /// <exception cref="CliException">Something of the request or the environment cannot be done.</exception>
    /// <exception cref="ProviderChoiceException">The environment or the flags name providers wrongly.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be opened.</exception>
    public static async Task<ServeOrganizations> OpenAsync(
        ServePlan plan, ServeRequest request, AicoHost host, ILoggerFactory loggers, TimeProvider time, CancellationToken ct)
    {
        var opened = new ServeOrganizations();
        try
        {
            await opened.FillAsync(plan, request, host, loggers, time, ct);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a person who starts the host should read.</summary>
    public IReadOnlyList<string> Describe() => _lines;

    /// <summary>What is wrong with where organizations come from, and with the default one, although the host can begin.</summary>
    public async ValueTask<IReadOnlyList<string>> WarningsAsync(CancellationToken ct)
    {
        if (Cache.DefaultOrganizationId is not { } id || await FindAsync(id, ct) is not { } organization)
        {
            return _warnings;
        }

        return [.. _warnings, .. organization.Warnings, .. organization.Problems.Select(problem => $"{id}: {problem.ProviderKey} is not used. {problem.Message}")];
    }

    /// <summary>Reads organizations' files again, also where nothing tells that they have changed; and where variables have, all of them are resolved anew.</summary>
    public void ReadAgain(bool haveVariablesChanged)
    {
        Files?.ReadAgain();
        if (haveVariablesChanged)
        {
            Cache.Renew();
        }
    }

    // A backend that is away, or a file that is broken, can come right while this host runs.
    private async ValueTask<ResolvedOrganization?> FindAsync(string id, CancellationToken ct)
    {
        try
        {
            return await Cache.FindAsync(id, AgentProfiles.DefaultName, ct);
        }
        catch (OrganizationSourceException e)
        {
            _warnings.Add($"{id}: {e.Message}");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Feed?.Dispose();
        while (_owned.TryPop(out var owned))
        {
            await owned.DisposeAsync();
        }
    }

    private async Task FillAsync(ServePlan plan, ServeRequest request, AicoHost host, ILoggerFactory loggers, TimeProvider time, CancellationToken ct)
    {
        var configuration = plan.Configuration;
        // Wrong flags and variables end the host before anything else is begun.
        var agent = AgentPlanner.Plan(
            request, host.Catalog.Definitions, plan.Environment, hears: plan.Room.HearsAudio, listens: plan.Room.HearsAudio, speaks: plan.Room.SpeaksAudio);
        var source = await SourceAsync(plan, request, host, loggers, time, ct);
        Source = source;
        var filled = AgentPreset.Over(request, host.Catalog.Definitions);
        var environment = new EnvironmentProviders(plan.Environment, [.. request.Set.Select(SettingArgument.Parse)], Chosen(filled));
        var resolver = new OrganizationResolver(environment, configuration.UsesEnvironment);
        Cache = new OrganizationCache(
            source,
            resolver,
            host.Catalog,
            new OrganizationCacheOptions { MaximumAge = configuration.MaximumAge, DefaultOrganizationId = plan.OrganizationId },
            time,
            loggers.CreateLogger<OrganizationCache>());
        (source as RemoteOrganizations)?.Start();
        Agents = new OrganizationAgents(Cache, new HostAgent(agent.Agent, plan.Room), host.AgentMaking);
        _owned.Push(Agents);
        _lines.Add(configuration.UsesEnvironment
            ? $"Providers: an organization's own, then the environment's ({ConfigurationSettings.FallbackVariable}=true)"
            : $"Providers: an organization's own only ({ConfigurationSettings.FallbackVariable}=false)");
    }

    private async Task<IOrganizationSource> SourceAsync(
        ServePlan plan, ServeRequest request, AicoHost host, ILoggerFactory loggers, TimeProvider time, CancellationToken ct)
    {
        if (plan.Configuration.Backend is { } backend)
        {
            return Remote(backend, plan, host, loggers, time);
        }

        var folder = DataFolder.Find(request.DataDir, plan.Environment);
        var store = await SqliteStore.OpenAsync(folder.Database, time, loggers, ct);
        Store = store;
        _owned.Push(store);
        _lines.Add($"Organizations are kept in {folder.Database}");
        var vault = new SecretVault(await MasterKeys.OpenAsync(folder, plan.Environment, store, ct));
        var stored = new StoredOrganizations(store, vault);
        _owned.Push(await StoreWatcher.StartAsync(store, stored, time, loggers.CreateLogger<StoreWatcher>(), ct));
        var files = FileOrganizations.Open(
            plan.Configuration.FolderIn(host.Options.HostFolder),
            host.Catalog,
            plan.Environment,
            time,
            loggers.CreateLogger<FileOrganizations>());
        Files = files;
        _owned.Push(files);
        _lines.Add($"Organizations that JSON files describe come from {files.Folder}: {files.Files.Count(file => file.IsServed)}");
        var source = new OrganizationSources([files, stored]);
        Changes = new OrganizationChanges(store, vault, stored, source, new ConfigurationRules(host.Catalog, plan.Egress));
        Feed = new ChangeFeed(source);
        Keys = new ApiKeys(store, time);
        Keys.Use.Start(loggers.CreateLogger<ApiKeys>());
        _owned.Push(Keys.Use);
        return source;
    }

    private RemoteOrganizations Remote(Uri backend, ServePlan plan, AicoHost host, ILoggerFactory loggers, TimeProvider time)
    {
        if (plan.Api.Key is not { } key)
        {
            throw new CliException($"{ConfigurationSettings.BackendVariable} is set: {ServePlan.KeyVariable} must be too, as it is on {backend.Authority}.");
        }

        var remote = new RemoteOrganizations(backend, key, host.Http, time, loggers.CreateLogger<RemoteOrganizations>());
        _owned.Push(remote);
        _lines.Add($"Organizations are fetched from {backend.Authority}, nothing is kept here");
        if (BackendAddress.WarningFor(backend) is { } warning)
        {
            _warnings.Add(warning);
        }

        return remote;
    }

    private static Dictionary<ProviderKind, string> Chosen(AgentRequest request)
    {
        var chosen = new Dictionary<ProviderKind, string>();
        foreach (var (kind, key) in new[]
        {
            (ProviderKind.SpeechToText, request.Stt),
            (ProviderKind.TextToSpeech, request.Tts),
            (ProviderKind.LanguageModel, request.Llm),
            (ProviderKind.VoiceActivity, request.Vad),
        })
        {
            if (key is { Length: > 0 })
            {
                chosen[kind] = key;
            }
        }

        return chosen;
    }
}
