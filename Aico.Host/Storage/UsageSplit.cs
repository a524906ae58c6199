namespace Aico.Host.Storage;

/// <summary>A sum of usage by what the attempts were good for.</summary>
internal readonly record struct UsageSplit(UsageShare Useful, UsageShare Cancelled, UsageShare Speculative, UsageShare Failed, UsageShare Probe);
