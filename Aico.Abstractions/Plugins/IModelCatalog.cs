namespace Aico.Abstractions.Plugins;

/// <summary>
/// The models that a service offers to the configured credential now. What a factory returns implements it beside its own contract
/// where the vendor lists models; a chat client also gives it by GetService.
/// </summary>
public interface IModelCatalog
{
    /// <summary>Asks the service for all that can do the provider's work, as far as the service tells them apart, in the service's order.</summary>
    /// <exception cref="ProviderException">The service does not answer, or not so.</exception>
    ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct);
}
