namespace Aico.Testing;

/// <summary>Where tests find things of the checkout.</summary>
public static class TestPaths
{
    /// <summary>The folder that holds Aico.sln.</summary>
    public static string Repository { get; } = FindRepository();

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Aico.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No Aico.sln in a folder above {AppContext.BaseDirectory}.");
    }
}
