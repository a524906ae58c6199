using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>
/// A connection to a vendor. One receiver; senders take turns. A connection whose other end is gone without a word is found by pings
/// that nobody answers, within <see cref="PingEvery"/> and <see cref="PongWithin"/>, and then fails like one that broke.
/// </summary>
internal sealed class ProviderSocket : IDisposable
{
    /// <summary>No real message comes near it; it keeps a broken server from filling the memory.</summary>
    private const int LongestMessage = 8 * 1024 * 1024;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket;
    private readonly VendorErrors _errors;
    private readonly Uri _url;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ArrayBufferWriter<byte> _message = new(4096);

    private ProviderSocket(ClientWebSocket socket, Uri url, VendorErrors errors) => (_socket, _url, _errors) = (socket, url, errors);

    /// <summary>The code of the close, once <see cref="ReceiveAsync"/> gave null; 1000 also where the server gave none.</summary>
    public int? CloseStatus => (int?)_socket.CloseStatus;

    public string? CloseDescription => _socket.CloseStatusDescription;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <exception cref="ProviderException">The server refused, which its status and headers say, or could not be reached.</exception>
    public static async Task<ProviderSocket> ConnectAsync(
        Uri url, IEnumerable<KeyValuePair<string, string>> headers, VendorErrors errors, IProviderContext context, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PongWithin;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var invoker = new HttpMessageInvoker(context.HttpHandler, disposeHandler: false);
        try
        {
            await socket.ConnectAsync(url, invoker, ct);
            return new ProviderSocket(socket, url, errors);
        }
        catch (WebSocketException error) when (error.InnerException is ProviderException refusal)
        {
            // The host does not let the connection be made, and has said why.
            socket.Dispose();
            throw new ProviderException(refusal.Failure, $"{errors.Vendor} at {HttpFaults.Printable(url)} cannot be reached: {refusal.Message}", error);
        }
        catch (Exception error) when (error is WebSocketException || HttpFaults.IsConnectionFault(error, ct))
        {
            // The body of a refused upgrade cannot be read.
            var fault = (int)socket.HttpStatusCode is var status and > 0
                ? errors.From(new VendorFault(status, Header(socket, "dg-error"), Header(socket, "dg-error")) { RetryAfter = RetryAfter(socket) })
                : HttpFaults.From(error, errors.Vendor, url, "cannot be reached");
            socket.Dispose();
            throw fault;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> json, CancellationToken ct) => SendAsync(json, WebSocketMessageType.Text, ct);

    public ValueTask SendBinaryAsync(ReadOnlyMemory<byte> data, CancellationToken ct) => SendAsync(data, WebSocketMessageType.Binary, ct);

    /// <summary>The next message, valid until the next call; null where the server closed.</summary>
    /// <exception cref="ProviderException">The connection broke, or a message is too long.</exception>
    public async ValueTask<SocketMessage?> ReceiveAsync(CancellationToken ct)
    {
        _message.ResetWrittenCount();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_message.GetMemory(4096), ct);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                _message.Advance(part.Count);
                if (_message.WrittenCount > LongestMessage)
                {
                    // Also where the rest came at once: one read may bring megabytes.
                    throw _errors.Garbage($"a message of more than {LongestMessage / 1024 / 1024} MB");
                }

                if (part.EndOfMessage)
                {
                    return new SocketMessage(part.MessageType == WebSocketMessageType.Text, _message.WrittenMemory);
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException || HttpFaults.IsConnectionFault(error, ct))
        {
            ct.ThrowIfCancellationRequested();
            var failure = error.GetBaseException() is TimeoutException ? ProviderFailure.TimedOut : ProviderFailure.Unavailable;
            throw new ProviderException(failure, $"{_errors.Vendor} at {HttpFaults.Printable(_url)} broke off the connection: {error.GetBaseException().Message}", error);
        }
    }

    /// <summary>Ends the connection without waiting for anybody.</summary>
    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    /// <summary>A message that can no longer be sent is lost without an error here: the receiver finds out why, and says it once.</summary>
    private async ValueTask SendAsync(ReadOnlyMemory<byte> data, WebSocketMessageType type, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(data, type, endOfMessage: true, ct);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            ct.ThrowIfCancellationRequested();
        }
        finally
        {
            _sending.Release();
        }
    }

    private static string Header(ClientWebSocket socket, string name) =>
        socket.HttpResponseHeaders is { } headers && headers.TryGetValue(name, out var values) ? string.Join(", ", values) : "";

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        double.TryParse(Header(socket, "Retry-After"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
