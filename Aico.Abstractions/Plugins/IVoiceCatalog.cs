namespace Aico.Abstractions.Plugins;

/// <summary>
/// The voices that a service offers to the configured credential now. What a factory returns implements it beside its own contract
/// where the vendor lists voices.
/// </summary>
public interface IVoiceCatalog
{
    /// <summary>Asks the service for all of its voices, every page of them, in the service's order.</summary>
    /// <exception cref="ProviderException">The service does not answer, or not so.</exception>
    ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct);
}
