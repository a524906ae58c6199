namespace Aico.Plugins.Silero;

/// <summary>Silero has nothing to set: thresholds belong to whoever reads the probabilities.</summary>
internal sealed record SileroSettings;
