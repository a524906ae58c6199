using System.Collections.Concurrent;

namespace Aico.Host.Telemetry.Metrics;

/// <summary>
/// The organization as metrics name it: the first so many by their ids, whoever comes later as "other", so that the number of series is
/// bounded however many organizations there are. Who has a name keeps it to the end of the process. Safe from any thread.
/// </summary>
internal sealed class OrganizationLabel(int most)
{
    public const string Other = "other";

    /// <summary>A call whose organization is not known yet.</summary>
    public const string Unknown = "unknown";

    private readonly ConcurrentDictionary<string, string> _named = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public string Of(string organizationId)
    {
        if (organizationId.Length == 0)
        {
            return Unknown;
        }

        if (_named.TryGetValue(organizationId, out var name))
        {
            return name;
        }

        lock (_lock)
        {
            return _named.Count < most ? _named.GetOrAdd(organizationId, organizationId) : _named.GetValueOrDefault(organizationId, Other);
        }
    }
}
