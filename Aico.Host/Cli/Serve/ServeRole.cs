namespace Aico.Host.Cli.Serve;

/// <summary>What a process serves.</summary>
internal enum ServeRole
{
    All,
    Api,
    Agent,
}
