using System.Collections.Concurrent;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Resolution;

/// <summary>
/// Keeps resolved organizations. However many ask at once, the source is asked once; a change that the source tells of is seen by the
/// next who asks; a source that fails leaves the last known configuration in use. What is kept costs no allocation. Safe from any thread.
/// </summary>
internal sealed partial class OrganizationCache : IDisposable
{
    private readonly IOrganizationSource _source;
    private readonly OrganizationResolver _resolver;
    private readonly ProviderCatalog _catalog;
    private readonly OrganizationCacheOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<OrganizationAgent, CacheEntry> _entries = new();

    public OrganizationCache(
        IOrganizationSource source, OrganizationResolver resolver, ProviderCatalog catalog, OrganizationCacheOptions options, TimeProvider time, ILogger logger)
    {
        (_source, _resolver, _catalog, _options, _time, _logger) = (source, resolver, catalog, options, time, logger);
        source.Changed += Invalidate;
    }

    public string? DefaultOrganizationId => _options.DefaultOrganizationId;

    /// <summary>Times that the source was asked for an organization's configuration.</summary>
    public long Fetches => Interlocked.Read(ref _fetches);

    private long _fetches;

    /// <summary>The agent of an organization as it is now; null where there is no such organization, or it has no agent of this name.</summary>
    /// <exception cref="OrganizationSourceException">The source fails, and nothing is known of the organization.</exception>
    public ValueTask<ResolvedOrganization?> FindAsync(string organizationId, string agentName, CancellationToken ct)
    {
        var key = new OrganizationAgent(organizationId, agentName);
        if (_entries.TryGetValue(key, out var entry) && entry.Fresh(_time, _options.MaximumAge, _catalog.Definitions) is { } fresh)
        {
            return ValueTask.FromResult<ResolvedOrganization?>(fresh);
        }

        return new ValueTask<ResolvedOrganization?>(RefreshAsync(key, ct));
    }

    /// <summary>For how long the source has not confirmed what is kept of an organization; null where nothing is kept or all is well.</summary>
    public TimeSpan? StaleFor(string organizationId, string agentName = AgentProfiles.DefaultName) =>
        _entries.TryGetValue(new OrganizationAgent(organizationId, agentName), out var entry) ? entry.StaleFor(_time) : null;

    public void Dispose() => _source.Changed -= Invalidate;

    /// <summary>Everything is resolved anew by the next who asks, also where its source has not changed: what stands behind it has.</summary>
    public void Renew()
    {
        foreach (var (_, entry) in _entries)
        {
            entry.Renew();
        }
    }

    private void Invalidate(string? organizationId)
    {
        foreach (var (key, entry) in _entries)
        {
            if (organizationId is null || key.OrganizationId == organizationId)
            {
                entry.Invalidate();
            }
        }
    }

    private async Task<ResolvedOrganization?> RefreshAsync(OrganizationAgent key, CancellationToken ct)
    {
        var entry = _entries.GetOrAdd(key, static _ => new CacheEntry());
        // Shared by all who wait, so it is not theirs to cancel: each stops waiting by itself.
        var resolved = await entry.RefreshOnceAsync(() => FetchAsync(key, entry)).WaitAsync(ct);
        if (resolved is null)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
        else if (_entries.Count > _options.MaximumEntries)
        {
            Trim();
        }

        return resolved;
    }

    private async Task<ResolvedOrganization?> FetchAsync(OrganizationAgent key, CacheEntry entry)
    {
        var definitions = _catalog.Definitions;
        if (entry.Fresh(_time, _options.MaximumAge, definitions) is { } fresh)
        {
            return fresh;
        }

        // Noted before the source is asked: a change while it answers makes the answer old again.
        var generation = entry.Generation;
        if (entry.Last is { } kept && entry.FailedWithin(_time, _options.RetryAfter))
        {
            return Again(kept, definitions);
        }

        OrganizationDocument? document;
        try
        {
            Interlocked.Increment(ref _fetches);
            document = await _source.FindAsync(key.OrganizationId, CancellationToken.None);
        }
        catch (OrganizationSourceException e) when (entry.Last is { } last)
        {
            entry.HasFailed(_time);
            LogStale(key.OrganizationId, last.Version, e.Message);
            return Again(last, definitions);
        }
        catch (OrganizationSourceException e) when (_resolver.UsesEnvironment && key.OrganizationId == _options.DefaultOrganizationId)
        {
            LogEnvironment(key.OrganizationId, e.Message);
            return _resolver.Resolve(key.OrganizationId, key.AgentName, null, definitions);
        }

        if (document is null && (!_resolver.UsesEnvironment || key.OrganizationId != _options.DefaultOrganizationId))
        {
            return null;
        }

        if (key.AgentName != AgentProfiles.DefaultName && document?.Agents.ContainsKey(key.AgentName) != true)
        {
            return null;
        }

        var resolved = _resolver.Resolve(key.OrganizationId, key.AgentName, document, definitions);
        if (entry.Last is { } before && before.Version == resolved.Version && !entry.IsOutdated && before.Problems.Count == 0 && ReferenceEquals(before.Definitions, definitions))
        {
            // Providers that were made of it serve on.
            resolved = before;
        }

        entry.Keep(resolved, generation, _time);
        return resolved;
    }

    private ResolvedOrganization Again(ResolvedOrganization last, IReadOnlyList<ProviderDefinition> definitions) =>
        ReferenceEquals(last.Definitions, definitions) ? last : _resolver.Resolve(last.Id, last.AgentName, last.Document, definitions);

    // A tenth at once, so that it is seldom done.
    private void Trim()
    {
        var oldest = _entries.OrderBy(entry => entry.Value.LastUsed).Take((_options.MaximumEntries / 10) + 1);
        foreach (var entry in oldest.ToList())
        {
            _entries.TryRemove(entry);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration of \"{Organization}\" cannot be fetched, {Version} stays in use: {Reason}")]
    private partial void LogStale(string organization, string version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration of \"{Organization}\" cannot be fetched, the environment serves it: {Reason}")]
    private partial void LogEnvironment(string organization, string reason);
}
