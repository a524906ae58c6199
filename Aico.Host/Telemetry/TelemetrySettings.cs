namespace Aico.Host.Telemetry;

/// <summary>What of calls is told to whom, from the environment.</summary>
internal sealed record TelemetrySettings
{
    public const string OrganizationsVariable = "AICO_METRICS_ORGANIZATIONS";

    /// <summary>The name that OpenTelemetry's own instrumentations of language models use.</summary>
    public const string TextVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private const string DisabledVariable = "OTEL_SDK_DISABLED";
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsVariable = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const int DefaultOrganizations = 100;

    /// <summary>How many organizations have series of their own; those that come later share one.</summary>
    public int MaximumOrganizations { get; init; } = DefaultOrganizations;

    /// <summary>True: what was said stands in the traces. Never in metrics.</summary>
    public bool TracesText { get; init; }

    /// <summary>True where a collector of traces is named.</summary>
    public bool SendsTraces { get; init; }

    /// <summary>True where a collector of metrics is named.</summary>
    public bool SendsMetrics { get; init; }

    /// <summary>The variables that OpenTelemetry's exporter reads by itself. They may hold the key of a collector: not for any log.</summary>
    public IReadOnlyDictionary<string, string> Exporter { get; init; } = new Dictionary<string, string>();

    /// <exception cref="FormatException">A variable cannot be understood; the message names it.</exception>
    public static TelemetrySettings Of(IReadOnlyDictionary<string, string> environment)
    {
        bool IsSet(string name) => environment.GetValueOrDefault(name)?.Trim() is { Length: > 0 } given
            && (IsAddress(given) ? true : throw new FormatException($"{name}: expected an address such as http://localhost:4317."));
        var isOff = IsTrue(environment.GetValueOrDefault(DisabledVariable));
        return new TelemetrySettings
        {
            MaximumOrganizations = Organizations(environment.GetValueOrDefault(OrganizationsVariable)),
            TracesText = IsTrue(environment.GetValueOrDefault(TextVariable)),
            SendsTraces = !isOff && (IsSet(EndpointVariable) || IsSet(TracesVariable)),
            SendsMetrics = !isOff && (IsSet(EndpointVariable) || IsSet(MetricsVariable)),
            Exporter = environment.Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary(),
        };
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    private static bool IsTrue(string? text) => string.Equals(text?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    private static int Organizations(string? text) => text?.Trim() is not { Length: > 0 } given ? DefaultOrganizations
        : int.TryParse(given, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count <= 10_000 ? count
        : throw new FormatException($"{OrganizationsVariable}: expected a whole number from 0 to 10000.");
}
