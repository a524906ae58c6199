namespace Aico.Host.Providers.Fallback;

/// <summary>What is out. Parts that the scope does not look at are empty.</summary>
internal readonly record struct OutageKey(OutageScope Scope, string Provider, string Endpoint, string Credential, string Model)
{
    public static OutageKey Of(OutageScope scope, HealthSubject subject) => new(
        scope,
        subject.Provider,
        subject.Endpoint,
        scope == OutageScope.Endpoint ? "" : subject.Credential,
        scope == OutageScope.Model ? subject.Model ?? "" : "");
}
