using Aico.Host.Api.Health;
using Aico.Host.Api.Status;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.Hosts;
using Aico.Host.LiveKit.Access;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api;

/// <summary>What the endpoints serve from.</summary>
internal sealed record ApiServices
{
    public required IAgentDirectory Agents { get; init; }

    public required RoomCallRegistry Calls { get; init; }

    /// <summary>Null: this host has no LiveKit server.</summary>
    public ApiLiveKit? LiveKit { get; init; }

    /// <summary>What is wrong with this host, each a line for people; empty: it takes calls.</summary>
    public required Func<IReadOnlyList<string>> Problems { get; init; }

    /// <summary>True when the process should be replaced: its native library broke.</summary>
    public required Func<bool> IsBroken { get; init; }

    /// <summary>True from the moment the process was told to end, while calls go on.</summary>
    public Func<bool> IsStopping { get; init; } = () => false;

    /// <summary>What else must be right for this host to be ready.</summary>
    public IReadOnlyList<ReadinessCheck> Checks { get; init; } = [];

    /// <summary>Null: this host tells nothing of itself; the endpoints of telemetry are not there.</summary>
    public ApiTelemetry? Telemetry { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Null: this host keeps no organizations; the endpoints of configuration are not there.</summary>
    public ApiConfiguration? Configuration { get; init; }

    /// <summary>Null: other hosts fetch nothing from this one.</summary>
    public ApiBackend? Backend { get; init; }

    /// <summary>Null: the hosts that serve are not told of.</summary>
    public HostRegistry? Hosts { get; init; }

    /// <summary>Who has a token that is not the internal key; null: nobody has. In order, the first who knows it.</summary>
    public IReadOnlyList<Func<string, CancellationToken, ValueTask<ApiCaller?>>> Authenticators { get; init; } = [];

    public string? DefaultOrganizationId => Agents.DefaultOrganizationId ?? Configuration?.Cache.DefaultOrganizationId;

    /// <exception cref="ApiException">This host has no LiveKit server.</exception>
    public ApiLiveKit RequireLiveKit() => LiveKit
        ?? throw new ApiException(ApiProblem.LiveKitNotConfigured, "Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, and start the host again.");

    public ApiConfiguration RequireConfiguration() =>
        Configuration ?? throw new InvalidOperationException("The endpoint is mapped where there is a configuration only.");
}
