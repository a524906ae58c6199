using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aico.Testing.Vendors;

/// <summary>
/// A vendor's server on 127.0.0.1, as far as its documentation says. It checks what it is sent and refuses what the vendor would;
/// what it refused or what a client should not do stands in <see cref="Violations"/>.
/// </summary>
public abstract class FakeVendor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly SemaphoreSlim _held = new(0);
    private readonly CancellationTokenSource _over = new();
    private WebApplication? _app;

    /// <summary>The root address, without a slash at the end.</summary>
    public string Url => _app!.Urls.First();

    /// <summary>Method, path and query of every request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Text messages and bodies that came.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>Text messages that the fake sent over sockets.</summary>
    public IReadOnlyList<string> Said => [.. _said];

    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>A status that every request is answered with; 0: as the vendor would.</summary>
    public int RefuseWith { get; set; }

    /// <summary>True: every request is taken, and none is answered.</summary>
    public bool IsHolding { get; set; }

    /// <summary>Sees every request before the vendor does; true where it has dealt with it.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    /// <summary>Sees every text message before it goes out over a socket; true where it is not to be sent.</summary>
    internal Func<FakeSocket, string, Task<bool>>? Saying { get; set; }

    /// <summary>The body and headers of a refusal.</summary>
    public string RefusalBody { get; set; } = "";

    public IDictionary<string, string> RefusalHeaders { get; } = new Dictionary<string, string>();

    protected CancellationToken Over => _over.Token;

    /// <summary>Waits for the next request that is held; each is waited for once.</summary>
    public Task HeldAsync() => _held.WaitAsync(Over);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(TakeAsync);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _app!.StopAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task AnswerAsync(HttpContext context);

    internal void Violate(string what) => _violations.Enqueue(what);

    internal void Record(string message) => _messages.Enqueue(message);

    internal void RecordSaid(string message) => _said.Enqueue(message);

    /// <summary>Takes a WebSocket, and ends it with the fake.</summary>
    internal async Task ServeAsync(HttpContext context, Func<FakeSocket, Task> serve)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Over, context.RequestAborted);
        try
        {
            await serve(new FakeSocket(socket, this, context, end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            // The client is gone.
        }
    }

    protected static async Task RefuseAsync(HttpContext context, int status, string body, string? header = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (header is not null)
        {
            context.Response.Headers["dg-error"] = header;
        }

        await context.Response.WriteAsync(body);
    }

    private async Task TakeAsync(HttpContext context)
    {
        _requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (RefuseWith > 0)
        {
            foreach (var (name, value) in RefusalHeaders)
            {
                context.Response.Headers[name] = value;
            }

            await RefuseAsync(context, RefuseWith, RefusalBody);
            return;
        }

        if (IsHolding)
        {
            _held.Release();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Over, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (Intercept is { } intercept && await intercept(context))
        {
            return;
        }

        await AnswerAsync(context);
    }
}
