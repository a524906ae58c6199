namespace Aico.Plugins.Shared.WebSockets;

/// <summary>Something that waits in a session's queue.</summary>
internal readonly record struct SessionItem<T>(SessionItemKind Kind, T Value);
