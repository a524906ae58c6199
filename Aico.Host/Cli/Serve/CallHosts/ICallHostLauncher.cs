namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>Starts call hosts.</summary>
internal interface ICallHostLauncher
{
    /// <param name="number">From 1 on; a replacement has the number of the one that it replaces.</param>
    ICallHostProcess Start(int number);
}
