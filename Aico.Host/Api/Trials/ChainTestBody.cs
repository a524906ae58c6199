namespace Aico.Host.Api.Trials;

/// <param name="Inject">What the first provider is made to suffer; left out: nothing.</param>
internal sealed record ChainTestBody(string? Inject = null);
