namespace Aico.Host.Api;

/// <summary>Marks an endpoint that proves by other means who calls it.</summary>
internal sealed class OpenToAll
{
    public static OpenToAll Instance { get; } = new();
}
