extern alias openai;

using System.Text;
using ServerSentEvents = openai::Aico.Plugins.Shared.Http.ServerSentEvents;

namespace Aico.Plugins.Tests.Shared;

public class ServerSentEventsTests
{
    private const string Stream =
        "\uFEFFdata: one\n\n: a comment\n\n:\ndata:two\r\n\r\nevent: error\rdata: three\r\rid: 7\nretry: 5\n\ndata: a\ndata: b\n\n\n\ndata\n\ndata:  spaced\n\ndata: [DONE]";

    private static readonly string[] Expected = ["message=one", "message=two", "error=three", "message=a\nb", "message=", "message= spaced", "message=[DONE]"];

    [Test]
    public async Task Reads_every_kind_of_line_however_the_bytes_are_cut([Values(1, 2, 3, 5, 7, 64, 4096)] int size)
    {
        (await ReadAsync(Stream, size)).Should().Equal(Expected);
    }

    [Test]
    public async Task Reads_events_longer_than_its_buffer()
    {
        var text = new string('x', 100_000);

        (await ReadAsync($"data: short\n\ndata: {text}\n\ndata: short\n\n", 1000)).Should().Equal("message=short", "message=" + text, "message=short");
    }

    [Test]
    public async Task Refuses_a_line_without_end()
    {
        var read = () => ReadAsync("data: " + new string('x', 9_000_000), 1_000_000);

        await read.Should().ThrowAsync<InvalidDataException>();
    }

    private static async Task<List<string>> ReadAsync(string text, int size)
    {
        var events = new List<string>();
        await foreach (var item in ServerSentEvents.ReadAsync(new SlowStream(Encoding.UTF8.GetBytes(text), size), default))
        {
            events.Add($"{item.Name}={Encoding.UTF8.GetString(item.Data.Span)}");
        }

        return events;
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class SlowStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
