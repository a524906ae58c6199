using Mono.Cecil;

namespace Aico.Architecture.Tests.Modules;

/// <summary>Finds the uses of one module by another that a table does not allow, in a compiled assembly.</summary>
/// <remarks>What the compiler folds away cannot be seen: constants, nameof, and unused usings.</remarks>
internal static class ModuleRule
{
    public static IReadOnlyList<ModuleViolation> Violations(string assemblyPath, ModuleTable table)
    {
        using var assembly = Assemblies.Read(assemblyPath);

        return assembly.MainModule.Types
            .SelectMany(type => Violations(type, table))
            .Distinct()
            .OrderBy(violation => violation.ToString(), StringComparer.Ordinal)
            .ToList();
    }

    private static IEnumerable<ModuleViolation> Violations(TypeDefinition type, ModuleTable table)
    {
        var from = table.ModuleOf(type.Namespace);
        if (from is null)
        {
            yield break;
        }

        if (!table.Knows(from))
        {
            yield return new ModuleViolation(from, "", type.FullName, "");
        }

        foreach (var use in TypeUses.Of(type))
        {
            var to = table.ModuleOf(NamespaceOf(use.Type));
            if (to is not null && !table.Allows(from, to))
            {
                yield return new ModuleViolation(from, to, $"{type.FullName}.{use.Member}", use.Used);
            }
        }
    }

    // Only the outermost type of a nest carries the namespace.
    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.Namespace;
    }
}
