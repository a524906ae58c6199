namespace Aico.Host.Organizations.Resolution;

/// <summary>Where an organization's providers come from on this host.</summary>
internal enum ConfigurationMode
{
    /// <summary>Only the store, a file or another host counts (PROVIDER_ENV_FALLBACK=false).</summary>
    Backend,

    /// <summary>The organization is configured nowhere: the host's environment alone.</summary>
    Environment,

    /// <summary>The organization's own first, then the environment, per kind.</summary>
    Hybrid,
}
