namespace Aico.Abstractions.Plugins;

/// <summary>Something that must be on the machine before a provider can work.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">
/// A native library's name without platform prefix and ending, a model's path below native/ with forward slashes, or a program's name.
/// </param>
/// <param name="HowToGet">What to do where it is missing, as one instruction, such as "apt-get install espeak-ng".</param>
public sealed record ProviderRequirement(RequirementKind Kind, string Name, string HowToGet);
