namespace Aico.Host.Providers.Egress;

/// <summary>A connection that the operator's policy does not allow.</summary>
internal sealed class EgressDeniedException(string message) : IOException(message);
