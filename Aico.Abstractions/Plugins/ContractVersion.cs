namespace Aico.Abstractions.Plugins;

/// <summary>The version of these contracts. A plugin's manifest names the version that it was built against.</summary>
public static class ContractVersion
{
    /// <summary>
    /// The version that this assembly has. A plugin loads where its major number is the same and its minor number is not larger.
    /// </summary>
    public static Version Current { get; } = new(1, 1);
}
