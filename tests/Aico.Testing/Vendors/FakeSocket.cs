using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Vendors;

/// <summary>The server's end of a WebSocket.</summary>
internal sealed class FakeSocket(WebSocket socket, FakeVendor vendor, HttpContext context, CancellationToken ct)
{
    private readonly byte[] _buffer = new byte[1 << 20];

    public CancellationToken Over => ct;

    /// <summary>The next whole message; null where the client closed or is gone.</summary>
    public async Task<(bool IsText, byte[] Data)?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                var isText = part.MessageType == WebSocketMessageType.Text;
                if (isText)
                {
                    vendor.Record(Encoding.UTF8.GetString(_buffer, 0, length));
                }

                return (isText, _buffer[..length]);
            }
        }
    }

    public async Task SayAsync(string text)
    {
        if (vendor.Saying is not { } saying || !await saying(this, text))
        {
            await SendAsync(text);
        }
    }

    /// <summary>Sends a message that no <see cref="FakeVendor.Saying"/> sees.</summary>
    public Task SendAsync(string text)
    {
        vendor.RecordSaid(text);
        return socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, ct);
    }

    /// <summary>Sends a message in frames of the given size.</summary>
    public async Task SayInPiecesAsync(string text, int size)
    {
        if (vendor.Saying is { } saying && await saying(this, text))
        {
            return;
        }

        vendor.RecordSaid(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var start = 0; start < bytes.Length; start += size)
        {
            var end = Math.Min(bytes.Length, start + size);
            await socket.SendAsync(bytes.AsMemory(start..end), WebSocketMessageType.Text, end == bytes.Length, ct);
        }
    }

    public Task CloseAsync(int status, string reason = "") =>
        socket.CloseOutputAsync((WebSocketCloseStatus)status, reason.Length > 0 ? reason : null, ct);

    /// <summary>Breaks the connection without a close.</summary>
    public void Cut() => context.Abort();

    /// <summary>Waits until the client is gone.</summary>
    public async Task GoneAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }
    }
}
