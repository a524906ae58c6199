using Aico.Host.LiveKit.Rooms;

namespace Aico.Testing.LiveKit;

/// <summary>A text stream that the agent sent.</summary>
internal sealed record FakeText(RoomText Stream, TimeSpan At)
{
    public string Text { get; set; } = "";

    public List<(TimeSpan At, string Text)> Pieces { get; } = [];

    public bool IsClosed { get; set; }

    public IReadOnlyDictionary<string, string> Trailer { get; set; } = new Dictionary<string, string>();
}
