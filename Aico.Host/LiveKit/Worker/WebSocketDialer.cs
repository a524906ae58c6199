using System.Net;
using System.Net.WebSockets;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Worker;

/// <summary>Opens real WebSockets.</summary>
internal sealed class WebSocketDialer : IWorkerDialer
{
    public async Task<IWorkerSocket> ConnectAsync(Uri url, string token, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            // Shows the status of a refused upgrade.
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            await socket.ConnectAsync(url, ct);
            return new WorkerWebSocket(socket);
        }
        catch (WebSocketException e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw Failure(status, e);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    private static WorkerConnectionException Failure(HttpStatusCode status, WebSocketException e) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            $"the LiveKit server refuses {LiveKitSettings.KeyVariable} and {LiveKitSettings.SecretVariable} (HTTP status {(int)status}): they are not a pair it knows, or its clock differs by more than a minute",
            isRefused: true,
            e),
        HttpStatusCode.NotFound => new($"at {LiveKitSettings.UrlVariable} is no LiveKit server that takes agents (HTTP status 404)", inner: e),
        0 => new($"the LiveKit server cannot be reached: {e.InnerException?.Message ?? e.Message}", inner: e),
        _ => new($"the LiveKit server refuses the connection (HTTP status {(int)status})", inner: e),
    };
}
