namespace Aico.Abstractions.Plugins;

/// <summary>The kinds of things that a provider can need on a machine.</summary>
public enum RequirementKind
{
    /// <summary>A native library that is loaded into the process.</summary>
    NativeLibrary,

    /// <summary>A model or another data file.</summary>
    Model,

    /// <summary>A program that is started.</summary>
    Program,
}
