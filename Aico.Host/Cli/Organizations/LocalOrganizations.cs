using System.CommandLine;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Organizations.Variables;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Organizations;

/// <summary>The organizations of this machine: those of files, then those of the database, which a host may have open too.</summary>
internal sealed class LocalOrganizations : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly FileOrganizations _files;

    private LocalOrganizations(AicoHost host, IStore store, SecretVault vault, FileOrganizations files, IReadOnlyDictionary<string, string> environment)
    {
        (Host, _store, _files, Vault) = (host, store, files, vault);
        var stored = new StoredOrganizations(store, vault);
        Source = new OrganizationSources([files, stored]);
        Rules = new ConfigurationRules(host.Catalog, EgressSettings.Of(environment));
        Reader = new OrganizationFileReader(Rules);
        Secrets = new SecretReferences(environment);
        Changes = new OrganizationChanges(store, vault, stored, Source, Rules);
        Resolver = new OrganizationResolver(
            new EnvironmentProviders(environment, [], new Dictionary<Abstractions.Plugins.ProviderKind, string>()), ConfigurationSettings.Of(environment).UsesEnvironment);
    }

    public AicoHost Host { get; }

    public IOrganizationSource Source { get; }

    public OrganizationChanges Changes { get; }

    public ConfigurationRules Rules { get; }

    public OrganizationFileReader Reader { get; }

    public OrganizationResolver Resolver { get; }

    public SecretReferences Secrets { get; }

    public SecretVault Vault { get; }

    public IReadOnlyList<OrganizationFileStatus> Files => _files.Files;

    /// <exception cref="CliException">Something of the environment cannot be done.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be opened.</exception>
    public static async Task<LocalOrganizations> OpenAsync(
        Func<AicoHost> openHost, ParseResult parsed, DataOptions data, bool makesDatabase, TimeProvider time, CancellationToken ct)
    {
        var environment = data.Variables(parsed);
        var configuration = ConfigurationSettings.Of(environment);
        if (configuration.Backend is { } backend)
        {
            throw new CliException($"{ConfigurationSettings.BackendVariable} is set: this machine keeps no organizations. Run this where {backend.Authority} runs.");
        }

        var folder = data.Folder(parsed);
        var store = makesDatabase && !File.Exists(folder.Database)
            ? await SqliteStore.OpenAsync(folder.Database, time, NullLoggerFactory.Instance, ct)
            : await data.OpenAsync(parsed, time, ct);
        AicoHost? host = null;
        try
        {
            host = openHost();
            var vault = new SecretVault(await MasterKeys.OpenAsync(folder, environment, store, ct));
            var files = FileOrganizations.Open(configuration.FolderIn(host.Options.HostFolder), host.Catalog, environment, time, NullLogger.Instance);
            return new LocalOrganizations(host, store, vault, files, environment);
        }
        catch
        {
            await store.DisposeAsync();
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _files.DisposeAsync();
        await _store.DisposeAsync();
        await Host.DisposeAsync();
    }
}
