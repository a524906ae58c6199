namespace Aico.Host.Organizations.Documents;

/// <summary>A source of configuration cannot be asked at present; what was known before goes on being used.</summary>
internal sealed class OrganizationSourceException(string message, Exception? inner = null) : Exception(message, inner);
