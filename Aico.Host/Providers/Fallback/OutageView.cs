using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>An outage as people are told of it.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Endpoint">Where.</param>
/// <param name="Model">Which model, where only that is out.</param>
/// <param name="Scope">Who meets it.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Since">When it began.</param>
/// <param name="Failure">Of the latest failure.</param>
/// <param name="Message">Of the latest failure.</param>
/// <param name="RetryIn">When it is looked at again; zero where that is due.</param>
internal sealed record OutageView(
    string Provider, string Endpoint, string? Model, OutageScope Scope, OutagePhase Phase, DateTimeOffset Since, ProviderFailure Failure, string Message, TimeSpan RetryIn);
