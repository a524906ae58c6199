namespace Aico.Host.Tests.EndToEnd;

/// <summary>Where the programs of this run keep their data: a folder of its own for each, all of them gone with the run.</summary>
internal static class ProcessData
{
    private static readonly DirectoryInfo _root = Make();

    public static string NewFolder() => Path.Combine(_root.FullName, Guid.NewGuid().ToString("n"));

    private static DirectoryInfo Make()
    {
        var root = Directory.CreateTempSubdirectory("aico-processes-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => root.Delete(recursive: true);
        return root;
    }
}
