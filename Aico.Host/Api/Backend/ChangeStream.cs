using System.Text.Json.Nodes;
using Aico.Host.Organizations.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aico.Host.Api.Backend;

/// <summary>Changes as server-sent events: what was missed, "ready", then each change as it comes, and a comment as a sign of life.</summary>
internal static class ChangeStream
{
    public static async Task WriteAsync(HttpContext http, ChangeFeed feed, TimeProvider time, CancellationToken ct)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var known = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : http.Request.Query["after"].ToString();
        var place = ChangeCursor.Parse(known);
        var isReady = false;
        try
        {
            while (true)
            {
                var (changed, now, next) = feed.After(place);
                foreach (var organization in changed)
                {
                    // The place moves with the last of them: who loses the connection in between gets all of them again.
                    await http.Response.WriteAsync($"event: changed\ndata: {new JsonObject { ["organizationId"] = organization }.ToJsonString()}\n\n", ct);
                }

                if (!isReady || changed.Count > 0)
                {
                    await http.Response.WriteAsync($"event: {(isReady ? "place" : "ready")}\nid: {now}\ndata: {{}}\n\n", ct);
                }

                (place, isReady) = (now, true);
                await http.Response.Body.FlushAsync(ct);
                await AwaitAsync(http, next, time, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The other host has gone, or this one goes.
        }
    }

    private static async Task AwaitAsync(HttpContext http, Task next, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await next.WaitAsync(BackendAddress.Heartbeat, time, ct);
                return;
            }
            catch (TimeoutException)
            {
                await http.Response.WriteAsync(": alive\n\n", ct);
                await http.Response.Body.FlushAsync(ct);
            }
        }
    }
}
