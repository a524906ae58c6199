using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Bench.Api;

/// <summary>Kestrel alone: answers every request with the same bytes. What an HTTP server costs on this machine.</summary>
internal sealed class BareServer(WebApplication application) : IAsyncDisposable
{
    public Uri Address => new(application.Urls.First());

    public static async Task<BareServer> StartAsync(byte[] body, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "bare" });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var application = builder.Build();
        application.Run(http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body, 0, body.Length);
        });
        await application.StartAsync(ct);
        return new BareServer(application);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
