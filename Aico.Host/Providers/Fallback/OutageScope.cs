namespace Aico.Host.Providers.Fallback;

/// <summary>Who else meets an outage.</summary>
internal enum OutageScope
{
    /// <summary>Everybody who uses the address.</summary>
    Endpoint,

    /// <summary>Everybody who uses the credential there.</summary>
    Credential,

    /// <summary>Everybody who uses the credential and the model there.</summary>
    Model,
}
