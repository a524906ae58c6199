using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api;

/// <summary>The HTTP edge: routing, problem details, access. Started and stopped by whoever serves.</summary>
internal sealed partial class ApiServer : IAsyncDisposable
{
    private const long LargestBody = 1024 * 1024;
    private readonly WebApplication _application;

    private ApiServer(WebApplication application) => _application = application;

    /// <summary>Where it really listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <param name="options">Where and for whom.</param>
    /// <param name="services">What the endpoints serve from.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ApiUnprotectedException">It would listen to the network without a key.</exception>
    public static Task<ApiServer> StartAsync(ApiOptions options, ApiServices services, CancellationToken ct) =>
        StartAsync(options, services, routes => ApiRoutes.Map(routes, services, options.IsHealthOnly), ct);

    /// <summary>With endpoints of the caller's own.</summary>
    internal static async Task<ApiServer> StartAsync(ApiOptions options, ApiServices services, Action<IEndpointRouteBuilder> map, CancellationToken ct)
    {
        if (options.Key is null && !IPAddress.IsLoopback(options.Address))
        {
            throw new ApiUnprotectedException(options.Address);
        }

        var logger = services.Loggers.CreateLogger<ApiServer>();
        if (options.Key is null)
        {
            LogUnprotected(logger);
        }

        var application = Build(options, services, map, logger);
        var server = new ApiServer(application);
        try
        {
            await application.StartAsync(ct);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Address = new Uri(addresses!.Addresses.First());
        return server;
    }

    private static WebApplication Build(ApiOptions options, ApiServices services, Action<IEndpointRouteBuilder> map, ILogger logger)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "aico" });
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(services.Loggers);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(options.Address, options.Port);
        });
        var application = builder.Build();
        var gate = new ApiGate(options, services);
        var idempotency = new Idempotency.Idempotency(services.Time);
        application.Use((http, next) => ServeAsync(http, next, logger));
        application.Use((http, next) => CrossOriginAsync(http, next, options));
        application.Use(gate.InvokeAsync);
        application.Use(idempotency.InvokeAsync);
        map(application);
        ApiRoutes.RequireDeclarations(application);
        return application;
    }

    /// <summary>Every endpoint, such as "GET /healthz".</summary>
    public IReadOnlyList<string> Routes =>
        [.. ((IEndpointRouteBuilder)_application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))];

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task ServeAsync(HttpContext http, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(http);
            if (http.Response is { StatusCode: >= 400, HasStarted: false })
            {
                await ApiProblemWriter.WriteAsync(http, ApiProblem.Of(http.Response.StatusCode), $"{http.Request.Method} {http.Request.Path}");
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller of the API has gone.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            if (ApiFaults.Translate(e) is { } refusal)
            {
                await ApiProblemWriter.WriteAsync(http, refusal);
                return;
            }

            LogFault(logger, e, http.Request.Method, http.Request.Path);
            await ApiProblemWriter.WriteAsync(http, ApiProblem.Internal, "The log of the host says more.");
        }
    }

    private static Task CrossOriginAsync(HttpContext http, RequestDelegate next, ApiOptions options)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return next(http);
        }

        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.Vary = "Origin";
        http.Response.Headers.AccessControlExposeHeaders = "ETag, Location, Retry-After";
        if (!HttpMethods.IsOptions(http.Request.Method))
        {
            return next(http);
        }

        http.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
        http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, X-Api-Key, X-Organization-Id, If-Match, If-None-Match, Idempotency-Key";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No AICO_INTERNAL_API_KEY is set: every program on this machine may use the API as its operator. For development only")]
    private static partial void LogUnprotected(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, Exception e, string method, string path);
}
