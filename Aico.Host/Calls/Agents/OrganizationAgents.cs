using Aico.Abstractions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Calls.Agents;

/// <summary>
/// The agents of the host's organizations. The calls of one agent share its providers; where its configuration has changed the next call
/// gets new ones, and the old go with the last call that uses them.
/// </summary>
internal sealed class OrganizationAgents(OrganizationCache cache, HostAgent host, AgentMaking making)
    : IAgentDirectory, IAsyncDisposable
{
    /// <summary>Agents whose providers stay open although no call uses them.</summary>
    private const int MaximumIdle = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<OrganizationAgent, AgentSlot> _slots = [];
    private readonly CheaperChains _cheaper = new();
    private bool _isDisposed;

    /// <summary>Holds spending against budgets; null: nobody does, as where this host has no store.</summary>
    public ISpending? Spending { get; set; }

    public string? DefaultOrganizationId => cache.DefaultOrganizationId;

    public async ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) =>
        await cache.FindAsync(organizationId, AgentProfiles.DefaultName, ct) is not null;

    public async ValueTask<int?> MaximumCallsAsync(string organizationId, CancellationToken ct) =>
        await cache.FindAsync(organizationId, AgentProfiles.DefaultName, ct) is { } found ? found.Agent.Room.Over(host.Room).MaximumCalls : null;

    // The budget is the organization's, so that it stands with the agent that every organization has.
    public async ValueTask<BudgetState?> BudgetAsync(string organizationId, CancellationToken ct) =>
        Spending is { } spending && await cache.FindAsync(organizationId, AgentProfiles.DefaultName, ct) is { } found
            ? await spending.StateAsync(organizationId, found.Agent.Budget, ct)
            : null;

    public async ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct)
    {
        var budget = await BudgetOfCallAsync(organizationId, ct);
        if (budget?.Refusal is { } refusal)
        {
            throw new ProviderException(ProviderFailure.QuotaExceeded, refusal);
        }

        var isCheaper = budget is { Action: BudgetAction.Cheaper };
        var (generation, slot) = await UseAsync(organizationId, agentName, ct, isCheaper);
        var lent = new LentProviders(generation, async stop => (await UseAsync(organizationId, agentName, stop, isCheaper)).Generation, making.Logger);
        return new AgentLease
        {
            OrganizationId = organizationId,
            AgentName = generation.Organization.AgentName,
            ConfigurationVersion = generation.Organization.Version,
            Agent = generation.Plan.Agent,
            Room = generation.Room,
            Providers = generation.Providers with { Renew = generation.Organization.Agent.ProviderChanges == ProviderChanges.NextTurn ? lent.RenewAsync : null },
            Return = async () =>
            {
                await lent.ReturnAsync();
                slot.Touch();
                await TrimAsync();
            },
        };
    }

    /// <summary>What the agent is made of at present; its providers are made where they were not.</summary>
    /// <exception cref="UnknownOrganizationException">There is no such organization, or it has no such agent.</exception>
    /// <exception cref="ProviderException">A provider that every call needs cannot be made.</exception>
    public async ValueTask<AgentPlan> PlanAsync(string organizationId, CancellationToken ct)
    {
        var (generation, _) = await UseAsync(organizationId, null, ct);
        await generation.ReturnAsync();
        return generation.Plan;
    }

    public async ValueTask DisposeAsync()
    {
        AgentSlot[] slots;
        lock (_lock)
        {
            _isDisposed = true;
            slots = [.. _slots.Values];
            _slots.Clear();
        }

        foreach (var slot in slots)
        {
            await slot.RetireAsync();
        }
    }

    private async ValueTask<(AgentGeneration Generation, AgentSlot Slot)> UseAsync(
        string organizationId, string? agentName, CancellationToken ct, bool isCheaper = false)
    {
        var resolved = await FindAsync(organizationId, agentName ?? AgentProfiles.DefaultName, ct);
        if (isCheaper)
        {
            resolved = _cheaper.Of(resolved, Spending!);
        }

        while (true)
        {
            AgentSlot slot;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                var key = new OrganizationAgent(organizationId, resolved.AgentName);
                if (!_slots.TryGetValue(key, out slot!))
                {
                    _slots[key] = slot = new AgentSlot(key);
                }
            }

            // Null: the slot was given up in between.
            if (await slot.LendAsync(resolved, Make, ct) is { } generation)
            {
                return (generation, slot);
            }
        }
    }

    private async ValueTask<BudgetState?> BudgetOfCallAsync(string organizationId, CancellationToken ct)
    {
        try
        {
            return await BudgetAsync(organizationId, ct);
        }
        catch (OrganizationSourceException)
        {
            // What follows asks the same source, and says what is wrong.
            return null;
        }
    }

    private async ValueTask<ResolvedOrganization> FindAsync(string organizationId, string agentName, CancellationToken ct)
    {
        try
        {
            return await cache.FindAsync(organizationId, agentName, ct)
                ?? throw new UnknownOrganizationException(organizationId, agentName == AgentProfiles.DefaultName ? null : agentName);
        }
        catch (OrganizationSourceException e)
        {
            throw new ProviderException(ProviderFailure.Unavailable, $"The configuration of \"{organizationId}\" cannot be read: {e.Message}", e);
        }
    }

    private AgentGeneration Make(ResolvedOrganization organization)
    {
        var settings = organization.Id == DefaultOrganizationId ? host.Default : new AgentSettings();
        var room = organization.Agent.Room.Over(host.Room);
        var agent = organization.Agent.Over(settings);
        return AgentGeneration.Make(organization, organization.HasOtherVoice ? agent with { Voice = null } : agent, room, making);
    }

    private async ValueTask TrimAsync()
    {
        AgentSlot? oldest = null;
        lock (_lock)
        {
            if (_slots.Count > MaximumIdle && _slots.Values.Where(slot => slot.IsIdle).MinBy(slot => slot.LastUsed) is { } idle)
            {
                _slots.Remove(idle.Key);
                oldest = idle;
            }
        }

        if (oldest is not null)
        {
            await oldest.RetireAsync();
        }
    }
}
