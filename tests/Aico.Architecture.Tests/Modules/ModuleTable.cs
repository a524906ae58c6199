namespace Aico.Architecture.Tests.Modules;

/// <summary>Which module may use which. A module is a namespace right below <see cref="Root"/>; types in the root itself compose and may use all.</summary>
internal sealed record ModuleTable(string Root, IReadOnlyDictionary<string, string[]> Allowed)
{
    /// <summary>In place of names: may use every module and the composition root.</summary>
    public const string Any = "*";

    /// <summary>The name of the composition root in messages and edges.</summary>
    public const string CompositionRoot = "(root)";

    /// <summary>The module a namespace belongs to; null where it lies outside the root.</summary>
    public string? ModuleOf(string @namespace)
    {
        if (@namespace == Root)
        {
            return CompositionRoot;
        }

        return @namespace.StartsWith(Root + ".", StringComparison.Ordinal) ? @namespace[(Root.Length + 1)..].Split('.')[0] : null;
    }

    public bool Knows(string module) => module == CompositionRoot || Allowed.ContainsKey(module);

    public bool Allows(string from, string to) =>
        from == to || from == CompositionRoot || (Allowed.TryGetValue(from, out var targets) && (targets.Contains(Any) || targets.Contains(to)));
}
