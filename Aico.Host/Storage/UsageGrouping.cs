namespace Aico.Host.Storage;

/// <summary>By what usage is summed.</summary>
[Flags]
internal enum UsageGrouping
{
    None = 0,
    Day = 1,
    Provider = 2,
    Model = 4,
    Outcome = 8,
}
