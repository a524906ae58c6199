namespace Aico.Plugins.Shared.WebSockets;

internal enum SessionItemKind
{
    Input,
    Flush,
    KeepAlive,
}
