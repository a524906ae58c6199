namespace Aico.Host.Plugins;

/// <summary>What is known of a plugin, whether it serves or not.</summary>
/// <param name="Id">The name of its folder, which is its id.</param>
/// <param name="Folder">The full path of its folder.</param>
/// <param name="State">What has become of it.</param>
internal sealed record PluginStatus(string Id, string Folder, PluginState State)
{
    /// <summary>The version that its manifest names; null where no manifest could be read.</summary>
    public string? Version { get; init; }

    /// <summary>Keys of the providers that it registered, in its order.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Set exactly where the state is <see cref="PluginState.Rejected"/>.</summary>
    public PluginRejection? Rejection { get; init; }

    /// <summary>Something worth knowing of a plugin that is not rejected, such as what has replaced it.</summary>
    public string? Note { get; init; }
}
