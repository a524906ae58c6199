namespace Aico.Host.Storage;

/// <summary>A provider as an organization has configured it.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="Config">Its settings, the text of a JSON object.</param>
/// <param name="IsEnabled">False: configured but not used.</param>
/// <param name="Priority">Higher comes first.</param>
/// <param name="Revision">Of its last change.</param>
/// <param name="Updated">When that was.</param>
internal sealed record ProviderRow(string Key, string Config, bool IsEnabled, int Priority, long Revision, DateTimeOffset Updated);
