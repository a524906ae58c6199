namespace Aico.Host.Plugins;

/// <summary>Ends the loading of one plugin; <see cref="PluginLoader"/> turns it into a status.</summary>
internal sealed class PluginRejectedException(PluginRejection rejection, Exception? inner = null)
    : Exception(rejection.Message, inner)
{
    public PluginRejectedException(PluginRejectionReason reason, string message, string remedy, Exception? inner = null)
        : this(new PluginRejection(reason, message, remedy), inner)
    {
    }

    public PluginRejection Rejection { get; } = rejection;
}
