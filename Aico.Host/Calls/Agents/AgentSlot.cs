using System.Diagnostics.CodeAnalysis;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Calls.Agents;

/// <summary>Where the present providers of one agent are. Made one at a time; other agents do not wait for it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing, and calls may still be at it when the slot is retired.")]
internal sealed class AgentSlot(OrganizationAgent key)
{
    private static long _uses;

    private readonly SemaphoreSlim _making = new(1);
    private volatile AgentGeneration? _current;
    private bool _isRetired;
    private long _lastUsed;

    public OrganizationAgent Key => key;

    public bool IsIdle => _current is { IsIdle: true };

    /// <summary>Grows with each use of any slot.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    public void Touch() => Volatile.Write(ref _lastUsed, Interlocked.Increment(ref _uses));

    /// <summary>Lends the providers of a configuration, made where they were not; null where the slot is retired.</summary>
    public async ValueTask<AgentGeneration?> LendAsync(ResolvedOrganization organization, Func<ResolvedOrganization, AgentGeneration> make, CancellationToken ct)
    {
        Touch();
        await _making.WaitAsync(ct);
        try
        {
            if (_isRetired)
            {
                return null;
            }

            if (!ReferenceEquals(_current?.Organization, organization))
            {
                var old = _current;
                _current = make(organization);
                if (old is not null)
                {
                    await old.RetireAsync();
                }
            }

            _current.Lend();
            return _current;
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask RetireAsync()
    {
        await _making.WaitAsync(CancellationToken.None);
        try
        {
            _isRetired = true;
            if (_current is { } current)
            {
                await current.RetireAsync();
            }
        }
        finally
        {
            _making.Release();
        }
    }
}
