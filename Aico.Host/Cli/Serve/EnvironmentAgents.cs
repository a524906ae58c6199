using System.Diagnostics.CodeAnalysis;
using Aico.Host.Calls.Agents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Calls.Rooms;
using Aico.Host.Cli.Agents;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>
/// The one organization of a host whose configuration is its environment. Its providers are made once and serve all calls; where a plugin
/// was replaced the next call gets new ones, and the old go with their last call.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "DisposeAsync disposes them.")]
internal sealed partial class EnvironmentAgents(
    string organizationId, AgentRequest request, IReadOnlyDictionary<string, string> environment, RoomCallSettings room, AicoHost host, ILogger logger)
    : IAgentDirectory, IAsyncDisposable
{
    private readonly SemaphoreSlim _making = new(1);
    private AgentGeneration? _current;

    public string? DefaultOrganizationId => organizationId;

    /// <summary>Says what the agent is made of. Makes no provider.</summary>
    /// <exception cref="CliException">Something of the request or the environment cannot be done.</exception>
    public AgentPlan Plan() =>
        AgentPlanner.Plan(request, host.Catalog.Definitions, environment, hears: room.HearsAudio, listens: room.HearsAudio, speaks: room.SpeaksAudio);

    public ValueTask<bool> KnowsAsync(string organization, CancellationToken ct) => ValueTask.FromResult(organization == organizationId);

    public async ValueTask<AgentLease> LeaseAsync(string organization, CancellationToken ct)
    {
        if (organization != organizationId)
        {
            throw new UnknownOrganizationException(organization);
        }

        await _making.WaitAsync(ct);
        try
        {
            var generation = await CurrentAsync();
            generation.Lend();
            return new AgentLease
            {
                OrganizationId = organizationId,
                Agent = generation.Plan.Agent,
                Room = room,
                Providers = generation.Providers,
                Return = generation.ReturnAsync,
            };
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } current)
        {
            await current.RetireAsync();
        }

        _making.Dispose();
    }

    private async ValueTask<AgentGeneration> CurrentAsync()
    {
        if (_current is { } current && current.IsMadeOf(host.Catalog.Definitions))
        {
            return current;
        }

        try
        {
            var made = AgentGeneration.Make(Plan(), host.Providers);
            if (_current is { } old)
            {
                _current = made;
                await old.RetireAsync();
            }

            return _current = made;
        }
        catch (Exception e) when (e is CliException or ProviderChoiceException or Abstractions.ProviderException && _current is not null)
        {
            // What served until now serves on: a plugin that was removed is still loaded.
            LogKept(e.Message);
            return _current;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plugins have changed, and calls go on with the providers they had: {Reason}")]
    private partial void LogKept(string reason);
}
