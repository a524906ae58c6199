using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Api.Tokens;
using Aico.Host.Calls.Rooms;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Cli.Serve;

/// <summary>What a serving process is to do, checked.</summary>
/// <param name="Environment">What the request is filled from.</param>
/// <param name="OrganizationId">The one organization that the environment describes.</param>
/// <param name="LiveKit">Null: the API alone.</param>
/// <param name="Api">Where the API listens.</param>
/// <param name="Worker">The worker's limits.</param>
/// <param name="Room">How the agent behaves in rooms.</param>
/// <param name="Configuration">Where organizations are configured.</param>
/// <param name="Jwt">The identity provider whose tokens are taken; null: none.</param>
internal sealed record ServePlan(
    IReadOnlyDictionary<string, string> Environment, string OrganizationId, LiveKitSettings? LiveKit, ApiOptions Api, WorkerOptions Worker,
    RoomCallSettings Room, ConfigurationSettings Configuration, JwtOptions? Jwt)
{
    /// <summary>Where providers that organizations have set may be reached.</summary>
    public required EgressPolicy Egress { get; init; }

    /// <summary>The environment, for a reload to replace.</summary>
    public required ReplaceableVariables Variables { get; init; }
    /// <summary>Processes of their own that take the calls; null: the agents run in this one.</summary>
    public CallHostPolicy? CallHosts { get; init; }

    public const string KeyVariable = "AICO_INTERNAL_API_KEY";
    public const string MetricsKeyVariable = "AICO_METRICS_KEY";
    public const string OriginsVariable = "AICO_ALLOWED_ORIGINS";
    public const string RateVariable = "AICO_API_RATE_LIMIT";
    public const string OrganizationVariable = "AICO_DEFAULT_ORGANIZATION";

    /// <exception cref="CliException">Something of the request or the environment cannot be done.</exception>
    public static ServePlan Of(ServeRequest request, string version)
    {
        var environment = new ReplaceableVariables(CliEnvironment.Read(request.EnvFiles));
        var liveKit = request.Role == ServeRole.Api ? LiveKitEnvironment.Find(environment)
            : request.Role == ServeRole.Agent ? LiveKitEnvironment.Require(environment)
            : LiveKitEnvironment.Find(environment);
        Check("--port", request.Port, 0, 65_535);
        Check("--max-calls", request.MaxCalls, 1, 10_000);
        Check("--max-load", request.MaxLoad, 0.05, 1);
        Check("--drain-timeout", request.DrainTimeout, 0, 86_400);
        var address = ServeAddress.Of(request);
        var configuration = ConfigurationSettings.Of(environment);
        return new ServePlan(
            environment,
            environment.GetValueOrDefault(OrganizationVariable, "default"),
            liveKit,
            new ApiOptions
            {
                Address = address.Address,
                Port = address.Port,
                Rate = Rate(environment.GetValueOrDefault(RateVariable)),
                Key = environment.TryGetValue(KeyVariable, out var key) ? new Secret(key) : null,
                MetricsKey = environment.GetValueOrDefault(MetricsKeyVariable) is { Length: > 0 } metricsKey ? new Secret(metricsKey) : null,
                AllowedOrigins = environment.GetValueOrDefault(OriginsVariable, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            },
            new WorkerOptions
            {
                AgentName = request.AgentName ?? environment.GetValueOrDefault(LiveKitEnvironment.AgentNameVariable, ""),
                Version = version,
                Places = request.MaxCalls,
                LoadThreshold = request.MaxLoad >= 1 ? double.PositiveInfinity : request.MaxLoad,
                DrainTimeout = TimeSpan.FromSeconds(request.DrainTimeout),
            },
            new RoomCallSettings
            {
                HearsAudio = !request.TextOnly,
                SpeaksAudio = !request.TextOnly,
                DeletesRoom = request.DeleteRoom,
                ShowsInternals = request.ShowInternals,
                Processing = new RoomAudioProcessing { NoiseSuppression = request.NoiseSuppression },
            },
            configuration,
            ReadJwt(environment))
        {
            Egress = EgressSettings.Of(environment),
            Variables = environment,
            CallHosts = CallHostPlan.Of(request, environment, liveKit, configuration),
        };
    }

    private static JwtOptions? ReadJwt(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return JwtOptions.Of(environment);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message);
        }
    }

    private static ApiRate? Rate(string? text) => text is not { Length: > 0 } ? ApiRate.Default
        : ApiRate.TryParse(text, out var rate) ? rate
        : throw new CliException($"{RateVariable}: expected requests a second, such as 100, with the burst as 100/200, or off.");

    private static void Check(string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new CliException($"{option}: expected a number from {least} to {most}.");
        }
    }
}
