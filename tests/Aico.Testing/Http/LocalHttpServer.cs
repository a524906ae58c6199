using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aico.Testing.Http;

/// <summary>
/// A real HTTP server on 127.0.0.1 that answers as it is told and keeps what it received. Responses given to
/// <see cref="Enqueue"/> are used up in turn; after them, and where none was given, <see cref="Default"/> answers.
/// </summary>
public sealed class LocalHttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<LocalResponse> _responses = new();
    private readonly ConcurrentQueue<LocalRequest> _requests = new();
    private readonly SemaphoreSlim _held = new(0);
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalHttpServer(WebApplication app) => _app = app;

    /// <summary>The root address, without a slash at the end.</summary>
    public string Url => _app.Urls.First();

    public LocalResponse Default { get; set; } = new() { Status = 404 };

    public IReadOnlyList<LocalRequest> Requests => [.. _requests];

    /// <summary>Completes when a response has come to its stall.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Waits for the next request that is held without an answer; each is waited for once.</summary>
    public Task HeldAsync() => _held.WaitAsync();

    /// <summary>Completes when a client has gone away during a stall.</summary>
    public Task Abandoned => _abandoned.Task;

    public static async Task<LocalHttpServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new LocalHttpServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Waits for a request, come or to come.</summary>
    public async Task<LocalRequest> ReceivedAsync(Func<LocalRequest, bool> matches, TimeSpan patience)
    {
        using var bound = new CancellationTokenSource(patience, TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref _received).Task;
            if (_requests.FirstOrDefault(matches) is { } request)
            {
                return request;
            }

            await next.WaitAsync(bound.Token);
        }
    }

    public void Enqueue(params IEnumerable<LocalResponse> responses)
    {
        foreach (var response in responses)
        {
            _responses.Enqueue(response);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stalled responses hold the server no longer than their clients do.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _requests.Enqueue(new LocalRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, headers, await reader.ReadToEndAsync(context.RequestAborted)));
        Interlocked.Exchange(ref _received, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        var response = _responses.TryDequeue(out var next) ? next : Default;
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.End == LocalResponseEnd.Hold)
        {
            _held.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await context.Response.StartAsync(context.RequestAborted);
        foreach (var piece in response.Pieces)
        {
            await context.Response.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        switch (response.End)
        {
            case LocalResponseEnd.Cut:
                context.Abort();
                break;
            case LocalResponseEnd.Stall:
                await using (context.RequestAborted.Register(() => _abandoned.TrySetResult()))
                {
                    _stalled.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                break;
        }
    }
}
