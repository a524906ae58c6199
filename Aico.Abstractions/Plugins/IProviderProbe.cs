namespace Aico.Abstractions.Plugins;

/// <summary>
/// The cheapest request that shows whether a provider would serve: the address answers and takes the credential. What a factory
/// returns implements it beside its own contract where the vendor has such a request; a chat client also gives it by GetService.
/// </summary>
/// <remarks>
/// It is asked when a person tests a provider and when the host looks whether an outage is over, so it costs nothing or next to
/// nothing, sets no time limit of its own and never tries twice.
/// </remarks>
public interface IProviderProbe
{
    /// <summary>Asks the service. It returns only where the service would serve.</summary>
    /// <exception cref="ProviderException">It would not; the failure and the message are those that a real request would have met.</exception>
    ValueTask<ProbeReport> ProbeAsync(CancellationToken ct);
}
