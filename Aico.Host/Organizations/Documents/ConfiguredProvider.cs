using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Documents;

/// <summary>A provider as an organization has configured it. Immutable: readers clone what they change.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="Config">What the organization has set; defaults are not in it.</param>
/// <param name="IsEnabled">False: configured but not used.</param>
/// <param name="Priority">Higher comes first.</param>
/// <param name="Revision">Of its last change; 0 where the source has none.</param>
/// <param name="Updated">When that was.</param>
internal sealed record ConfiguredProvider(string Key, JsonObject Config, bool IsEnabled, int Priority, long Revision, DateTimeOffset Updated)
{
    public const int DefaultPriority = 100;
}
