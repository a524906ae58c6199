namespace Aico.Host.Api.OpenApi;

/// <summary>Files that are part of the program.</summary>
internal static class OpenApiResources
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(OpenApiResources).Assembly.GetManifestResourceStream($"Aico.Host.Api.OpenApi.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the program.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
