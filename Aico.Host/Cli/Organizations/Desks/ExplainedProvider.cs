using Aico.Host.Organizations.Documents;

namespace Aico.Host.Cli.Organizations.Desks;

/// <param name="Key">The provider.</param>
/// <param name="Priority">Higher comes first; null where it is the environment's, which comes last.</param>
/// <param name="Origin">Where it is configured.</param>
/// <param name="Values">Its settings.</param>
/// <param name="Secrets">The names of those that are set.</param>
internal sealed record ExplainedProvider(
    string Key, int? Priority, ConfigurationOrigin Origin, IReadOnlyList<ExplainedValue> Values, IReadOnlyList<string> Secrets);
