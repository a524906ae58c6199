namespace Fixtures.Dependency;

/// <summary>Says which version of the library answers.</summary>
public static class Library
{
    public static string Name => "library 2";
}
