using System.Collections.Frozen;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Files;

/// <summary>
/// Organizations that JSON files describe, one each. Read when it is made, watched until it is disposed; a file that cannot be used
/// leaves in use what stood in it before, and is logged and listed.
/// </summary>
internal sealed partial class FileOrganizations : IOrganizationSource, IAsyncDisposable
{
    private readonly ProviderCatalog _catalog;
    private readonly FolderReading _reading;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly FolderWatcher _watcher;
    private volatile Snapshot _snapshot = Snapshot.Empty;
    private IReadOnlyList<ProviderDefinition> _definitions;
    private bool _isReadable = true;

    private FileOrganizations(string folder, ProviderCatalog catalog, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger)
    {
        (_catalog, _definitions, _logger) = (catalog, catalog.Definitions, logger);
        Folder = folder;
        _reading = new FolderReading(folder, new OrganizationFileReader(new ConfigurationRules(catalog)), new FileDocuments(new SecretReferences(environment)), time);
        _watcher = new FolderWatcher(folder, Read, time, logger);
        Read(new FolderChanges(IsEverything: true, new HashSet<string>()));
        lock (_lock)
        {
            _snapshot = _snapshot.AtStart();
        }

        _watcher.Start();
    }

    public event Action<string?>? Changed;

    public string Folder { get; }

    /// <summary>What became of every file, by name.</summary>
    public IReadOnlyList<OrganizationFileStatus> Files => [.. _snapshot.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value.Status)];

    /// <param name="folder">Where the files lie; it may come later.</param>
    /// <param name="catalog">The providers that there are.</param>
    /// <param name="environment">What references to variables mean.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of every file that is taken in or refused.</param>
    public static FileOrganizations Open(
        string folder, ProviderCatalog catalog, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger) =>
        new(Path.GetFullPath(folder), catalog, environment, time, logger);

    public ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct)
    {
        var entry = _snapshot.ById.GetValueOrDefault(organizationId);
        return entry is { Document: null, WasBrokenAtStart: true }
            ? throw new OrganizationSourceException($"The file of the organization cannot be used. {entry.Errors[0].At(entry.Path)}")
            : ValueTask.FromResult(entry?.Document);
    }

    public ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<OrganizationSummary>>(
        [
            .. _snapshot.ById.Values.Select(entry => entry.Document).OfType<OrganizationDocument>()
                .Where(document => afterId is null || string.CompareOrdinal(document.Id, afterId) > 0)
                .OrderBy(document => document.Id, StringComparer.Ordinal)
                .Take(limit)
                .Select(document => new OrganizationSummary(
                    document.Id, document.Name, document.Revision, document.Origin, document.File, document.Created, document.Updated)),
        ]);

    /// <summary>Reads every file now, and the variables that they refer to.</summary>
    public void ReadAgain() => Read(new FolderChanges(IsEverything: true, new HashSet<string>()) { AreVariablesNew = true });

    public ValueTask DisposeAsync() => _watcher.DisposeAsync();

    private void Read(FolderChanges changes)
    {
        List<string> changed;
        lock (_lock)
        {
            var definitions = _catalog.Definitions;
            var before = _snapshot;
            Dictionary<string, FileEntry> files;
            try
            {
                files = _reading.Read(before.Files, changes.Contains, readsBrokenAgain: !ReferenceEquals(definitions, _definitions), changes.AreVariablesNew);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (_isReadable)
                {
                    LogUnreadable(Folder, e.Message);
                }

                _isReadable = false;
                return;
            }

            (_definitions, _isReadable) = (definitions, true);
            _snapshot = new Snapshot(files.ToFrozenDictionary(StringComparer.Ordinal), files.Values.ToFrozenDictionary(file => file.Id, StringComparer.Ordinal));
            changed = Report(before, _snapshot);
        }

        foreach (var id in changed)
        {
            Changed?.Invoke(id);
        }
    }

    private List<string> Report(Snapshot before, Snapshot after)
    {
        foreach (var file in after.Files.Values)
        {
            var known = before.ById.GetValueOrDefault(file.Id);
            if (!ReferenceEquals(file.Errors, known?.Errors) && file.Errors.Count > 0)
            {
                LogBroken(
                    file.Path,
                    string.Join(" ", file.Errors.Select(error => error.At(Path.GetFileName(file.Path)))),
                    file.Document is null ? "Nothing is served from it." : "What stood in it before stays in use.");
            }
            else if (file.Document is { } document && document.Revision != known?.Document?.Revision)
            {
                LogTaken(document.Id, file.Path, document.Revision);
            }
        }

        foreach (var file in before.ById.Values.Where(file => !after.ById.ContainsKey(file.Id)))
        {
            LogGone(file.Id, file.Path);
        }

        return
        [
            .. after.ById.Values.Concat(before.ById.Values).Select(file => file.Id).Distinct(StringComparer.Ordinal)
                .Where(id => after.Served(id) != before.Served(id)),
        ];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The organization \"{Organization}\" is as {File} says, revision {Revision}")]
    private partial void LogTaken(string organization, string file, long revision);

    [LoggerMessage(Level = LogLevel.Information, Message = "The organization \"{Organization}\" is described by no file any more, {File} is gone")]
    private partial void LogGone(string organization, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} cannot be used. {Consequence} {Errors}")]
    private partial void LogBroken(string file, string errors, string consequence);

    [LoggerMessage(Level = LogLevel.Error, Message = "The organizations' folder {Folder} cannot be read, what is known stays in use: {Reason}")]
    private partial void LogUnreadable(string folder, string reason);

    private sealed record Snapshot(FrozenDictionary<string, FileEntry> Files, FrozenDictionary<string, FileEntry> ById)
    {
        public static Snapshot Empty { get; } = new(FrozenDictionary<string, FileEntry>.Empty, FrozenDictionary<string, FileEntry>.Empty);

        /// <summary>What a reader of the organization sees, for comparison.</summary>
        public (long? Revision, bool IsBroken) Served(string id) =>
            ById.GetValueOrDefault(id) is { } entry ? (entry.Document?.Revision, entry is { Document: null, WasBrokenAtStart: true }) : default;

        public Snapshot AtStart() => new(Marked(Files), Marked(ById));

        private static FrozenDictionary<string, FileEntry> Marked(FrozenDictionary<string, FileEntry> entries) =>
            entries.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Document is null ? entry.Value with { WasBrokenAtStart = true } : entry.Value, StringComparer.Ordinal);
    }
}
