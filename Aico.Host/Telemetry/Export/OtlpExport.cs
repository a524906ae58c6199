using System.Runtime.CompilerServices;
using Aico.Host.Telemetry.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aico.Host.Telemetry.Export;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, where one is named: in batches, from threads of its own, and what cannot be
/// sent is lost. Its disposal sends what is waiting, for some seconds at most. Where none is named nothing of the package is loaded.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const int FlushMs = 5_000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics) => (_traces, _metrics) = (traces, metrics);

    /// <param name="settings">Where to; the exporter reads its own variables from them, as they stand in the environment or in an --env-file.</param>
    /// <param name="source">The activity source's name.</param>
    /// <param name="version">Of the host.</param>
    /// <returns>Null where no collector is named.</returns>
    public static OtlpExport? Open(TelemetrySettings settings, string source, string version) =>
        settings.SendsTraces || settings.SendsMetrics ? Start(settings, source, version) : null;

    // Compiled only where it is called: the package is loaded with it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Start(TelemetrySettings settings, string source, string version)
    {
        IConfiguration variables = new ConfigurationBuilder().AddInMemoryCollection(settings.Exporter.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value))).Build();
        var traces = settings.SendsTraces
            ? Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(variables))
                .ConfigureResource(resource => Describe(resource, settings, version))
                .AddSource(source)
                .AddOtlpExporter(exporter => Point(exporter, settings, "TRACES"))
                .Build()
            : null;
        var metrics = settings.SendsMetrics
            ? Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(variables))
                .ConfigureResource(resource => Describe(resource, settings, version))
                .AddMeter([HostMeter.Name, .. Exposition.MetricScrape.FrameworkMeters])
                .AddOtlpExporter(exporter => Point(exporter, settings, "METRICS"))
                .Build()
            : null;
        return new OtlpExport(traces, metrics);
    }

    public void Dispose()
    {
        _traces?.ForceFlush(FlushMs);
        _traces?.Dispose();
        _metrics?.ForceFlush(FlushMs);
        _metrics?.Dispose();
    }

    // Variables for one kind of signal win over those for all; the exporter reads only the latter by itself.
    private static void Point(OtlpExporterOptions exporter, TelemetrySettings settings, string signal)
    {
        string? Value(string name) => settings.Exporter.GetValueOrDefault($"OTEL_EXPORTER_OTLP_{signal}_{name}")?.Trim() is { Length: > 0 } value ? value : null;
        exporter.Protocol = Value("PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => exporter.Protocol,
        };
        if (Value("ENDPOINT") is { } endpoint)
        {
            // Taken as it is; to the address for all signals the exporter adds its paths, unless it is set here.
            exporter.Endpoint = new Uri(endpoint);
        }

        exporter.Headers = Value("HEADERS") ?? exporter.Headers;
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win: the detector of the variables comes last.
    private static void Describe(ResourceBuilder resource, TelemetrySettings settings, string version) =>
        resource.Clear()
            .AddService("aico", serviceVersion: version, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddAttributes(Attributes(settings));

    private static IEnumerable<KeyValuePair<string, object>> Attributes(TelemetrySettings settings)
    {
        foreach (var pair in settings.Exporter.GetValueOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2) is [{ Length: > 0 } name, var value])
            {
                yield return new(name, Uri.UnescapeDataString(value));
            }
        }

        if (settings.Exporter.GetValueOrDefault("OTEL_SERVICE_NAME") is { Length: > 0 } service)
        {
            yield return new("service.name", service);
        }
    }
}
