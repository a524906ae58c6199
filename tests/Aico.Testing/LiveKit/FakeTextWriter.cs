using Aico.Host.LiveKit.Rooms;

namespace Aico.Testing.LiveKit;

/// <summary>Writes a <see cref="FakeText"/>.</summary>
internal sealed class FakeTextWriter(FakeRoom room, FakeText stream) : IRoomTextWriter
{
    public async Task WriteAsync(string text, CancellationToken ct)
    {
        await Task.Yield();
        stream.Pieces.Add((room.Now, text));
        stream.Text += text;
    }

    public async Task CloseAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct)
    {
        await Task.Yield();
        stream.Trailer = attributes;
        stream.IsClosed = true;
    }

    public ValueTask DisposeAsync()
    {
        stream.IsClosed = true;
        return ValueTask.CompletedTask;
    }
}
