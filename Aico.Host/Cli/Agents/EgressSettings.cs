using Aico.Host.Cli.Serve;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Cli.Agents;

/// <summary>Where providers of organizations may be reached, as the environment says.</summary>
internal static class EgressSettings
{
    /// <summary>Without an internal key the API is open to this machine alone, whose people reach its loopback address anyway.</summary>
    /// <exception cref="CliException">The variable has no meaning.</exception>
    public static EgressPolicy Of(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return EgressPolicy.Parse(environment.GetValueOrDefault(EgressPolicy.Variable), allowsLoopback: !environment.ContainsKey(ServePlan.KeyVariable));
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message);
        }
    }
}
