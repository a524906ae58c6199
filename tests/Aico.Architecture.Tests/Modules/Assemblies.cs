using Mono.Cecil;

namespace Aico.Architecture.Tests.Modules;

internal static class Assemblies
{
    public static AssemblyDefinition Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is not there: build the solution first.", path);
        }

        // Attribute arguments of an enum type can be read only where the enum is found: the runtime's folders know them all.
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        foreach (var folder in RuntimeFolders())
        {
            resolver.AddSearchDirectory(folder);
        }

        // Everything at once: the resolver does not outlive this method.
        return AssemblyDefinition.ReadAssembly(path, new ReaderParameters(ReadingMode.Immediate) { AssemblyResolver = resolver });
    }

    private static IEnumerable<string> RuntimeFolders() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(file => Path.GetDirectoryName(file)!)
            .Distinct();
}
