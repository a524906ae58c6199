using Aico.Host.LiveKit.Access;

namespace Aico.Host.Cli.Agents;

/// <summary>The LiveKit server that the environment names.</summary>
internal static class LiveKitEnvironment
{
    public const string AgentNameVariable = "LIVEKIT_AGENT_NAME";

    /// <summary>Null where none of the variables is set.</summary>
    /// <exception cref="CliException">Some are set but not all, or not rightly.</exception>
    public static LiveKitSettings? Find(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return LiveKitSettings.FromEnvironment(environment.GetValueOrDefault);
        }
        catch (LiveKitSettingsException e)
        {
            throw new CliException(e.Message);
        }
    }

    /// <exception cref="CliException">There is none, or it is not described rightly.</exception>
    public static LiveKitSettings Require(IReadOnlyDictionary<string, string> environment) =>
        Find(environment) ?? throw new CliException(
            $"Set {LiveKitSettings.UrlVariable}, {LiveKitSettings.KeyVariable} and {LiveKitSettings.SecretVariable}, in the environment or with --env-file.");
}
