using System.Text;
using Aico.Host.Telemetry.Exposition;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Status;

/// <summary>/metrics and /api/host: how this host is. Both name organizations, so neither is for strangers.</summary>
internal static class StatusEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiTelemetry telemetry)
    {
        routes.Map("GET", "/metrics", new ApiOperation("getMetrics", "Host", "Metrics in Prometheus' text format. Also for whoever has AICO_METRICS_KEY.", ApiAccess.Scraper)
        {
            Answer = "Metrics",
            AnswerType = "text/plain",
        }, http =>
        {
            var bytes = Encoding.UTF8.GetBytes(telemetry.WriteMetrics());
            http.Response.ContentType = MetricScrape.ContentType;
            http.Response.ContentLength = bytes.Length;
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
        });
        routes.Map("GET", "/api/host", new ApiOperation("getHost", "Host", "This host now: its calls, latencies, providers that are out, processor and memory.", ApiAccess.Operator)
        {
            Answer = "HostStatus",
        }, http => ApiReply.WriteOnceAsync(http, StatusView.Of(telemetry.Status())));
    }
}
