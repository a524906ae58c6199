using Aico.Abstractions;
using Aico.Host.Calls.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>
/// What one call has of its agent: the providers that it began with and, where it takes changes, those of each later configuration. All
/// stay its own to its end, since what has begun with them may still be going on.
/// </summary>
/// <param name="first">The configuration that it began with, lent already.</param>
/// <param name="lend">Lends the present configuration.</param>
/// <param name="logger">Hears of changes that are taken, and that cannot be.</param>
internal sealed partial class LentProviders(AgentGeneration first, Func<CancellationToken, ValueTask<AgentGeneration>> lend, ILogger logger)
{
    // A configuration that changes with every turn must not keep all of its providers alive.
    private const int MaximumChanges = 16;

    private readonly List<AgentGeneration> _lent = [first];

    /// <summary>The providers of the present configuration; null where it has not changed, or cannot be had: the call then goes on as it is.</summary>
    public async ValueTask<CallProviders?> RenewAsync(CancellationToken ct)
    {
        if (_lent.Count > MaximumChanges)
        {
            return null;
        }

        AgentGeneration now;
        try
        {
            now = await lend(ct);
        }
        catch (Exception e) when (e is ProviderException or UnknownOrganizationException)
        {
            LogKept(first.Organization.Id, e.Message);
            return null;
        }

        if (_lent[^1] == now)
        {
            await now.ReturnAsync();
            return null;
        }

        _lent.Add(now);
        LogTaken(first.Organization.Id, now.Organization.Version);
        return now.Providers;
    }

    /// <summary>The call has ended.</summary>
    public async ValueTask ReturnAsync()
    {
        foreach (var generation in _lent)
        {
            await generation.ReturnAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A call of \"{Organization}\" goes on with the providers of {Version}")]
    private partial void LogTaken(string organization, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call of \"{Organization}\" keeps its providers, those of now cannot be had: {Reason}")]
    private partial void LogKept(string organization, string reason);
}
