namespace Aico.Host.Organizations.Variables;

/// <summary>Providers cannot be chosen as flags or environment variables say; the message names which and what would be right.</summary>
internal sealed class ProviderChoiceException(string message) : Exception(message);
