namespace Aico.Abstractions.Plugins;

/// <summary>Where a provider's work is done.</summary>
public enum ProviderHosting
{
    /// <summary>In this process, or in one that it starts: no server and no key.</summary>
    BuiltIn,

    /// <summary>On a server that the operator runs.</summary>
    Local,

    /// <summary>At a vendor.</summary>
    Cloud,
}
