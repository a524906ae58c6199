namespace Aico.Host.LiveKit.Rooms;

/// <summary>How a room is joined.</summary>
internal sealed record RoomConnectRequest
{
    /// <summary>The server, <c>ws:</c> or <c>wss:</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>An access token with the right to join; a secret.</summary>
    public required string Token { get; init; }

    /// <summary>True: every track of everybody is received. An agent hears one participant and subscribes to its audio itself.</summary>
    public bool AutoSubscribe { get; init; }

    /// <summary>Until the connection stands, all attempts together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Topics of text streams that become <see cref="RoomEvent.TextReceived"/>; streams on others are dropped unread.</summary>
    public IReadOnlyCollection<string> TextTopics { get; init; } = [];

    /// <summary>Topics of byte streams that become <see cref="RoomEvent.BytesReceived"/>; streams on others are dropped unread.</summary>
    public IReadOnlyCollection<string> ByteTopics { get; init; } = [];

    /// <summary>A connection that is being restored for longer than this is given up, with <see cref="RoomDisconnectReason.ConnectionTimeout"/>.</summary>
    public TimeSpan ReconnectTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
