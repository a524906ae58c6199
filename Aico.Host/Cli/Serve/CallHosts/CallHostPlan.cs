using System.Globalization;
using Aico.Host.Cli.Agents;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>What was asked for of call hosts, checked.</summary>
internal static class CallHostPlan
{
    public const string Variable = "AICO_CALL_HOSTS";

    private const int MostMegabytes = 1_000_000;

    /// <summary>Null: the agents run in this process.</summary>
    /// <exception cref="CliException">It cannot be done.</exception>
    public static CallHostPolicy? Of(ServeRequest request, IReadOnlyDictionary<string, string> environment, LiveKitSettings? liveKit, ConfigurationSettings configuration)
    {
        Check("--call-host-calls", request.CallHostCalls, 1, int.MaxValue);
        Check("--call-host-memory", request.CallHostMemory, 64, MostMegabytes);
        var count = Count(request, environment);
        if (count == 0 || request.CallHost is not null)
        {
            return null;
        }

        var asked = request.CallHosts is null ? $"{Variable}={count}" : $"--call-hosts {count}";
        if (request.Role != ServeRole.All)
        {
            throw new CliException(request.Role == ServeRole.Agent
                ? $"{asked}: call hosts are agents of a host that has the API too. Start it without --role, or each agent host by itself."
                : $"{asked}: a host of --role api takes no calls. Start it without --role.");
        }

        if (configuration.Backend is { } backend)
        {
            throw new CliException($"{asked}: call hosts fetch organizations from this host, and this one fetches them from {backend.Authority} ({ConfigurationSettings.BackendVariable}). Start several hosts of --role agent instead.");
        }

        if (liveKit is null)
        {
            throw new CliException($"{asked}: there are no calls to take. Set {LiveKitSettings.UrlVariable}, {LiveKitSettings.KeyVariable} and {LiveKitSettings.SecretVariable}, in the environment or with --env-file.");
        }

        return new CallHostPolicy(
            count, request.CallHostCalls, request.CallHostMemory is { } megabytes ? (long)megabytes << 20 : null, TimeSpan.FromSeconds(request.DrainTimeout));
    }

    private static int Count(ServeRequest request, IReadOnlyDictionary<string, string> environment)
    {
        if (request.CallHosts is { } typed)
        {
            Check("--call-hosts", typed, 0, CallHostPolicy.Most);
            return typed;
        }

        if (!environment.TryGetValue(Variable, out var text))
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var set) && set <= CallHostPolicy.Most
            ? set
            : throw new CliException($"{Variable}: expected a number from 0 to {CallHostPolicy.Most}.");
    }

    private static void Check(string option, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new CliException($"{option}: expected a number from {least} to {most}.");
        }
    }
}
