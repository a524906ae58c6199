namespace Aico.Host.Telemetry.Metrics;

/// <summary>The names of labels. Those of models are LiveKit's.</summary>
internal static class Label
{
    public const string Organization = "organization";
    public const string ModelProvider = "model_provider";
    public const string ModelName = "model_name";
    public const string Kind = "kind";
    public const string Provider = "provider";
    public const string Outcome = "outcome";
    public const string Failure = "failure";
    public const string From = "from";
    public const string To = "to";
    public const string Stage = "stage";
    public const string Ending = "ending";
    public const string Interrupted = "interrupted";
    public const string Direction = "direction";
    public const string Scope = "scope";
    public const string State = "state";
    public const string Queue = "queue";
    public const string Role = "role";
    public const string Version = "version";

    /// <summary>For what there is none of: a label without a value would be another series.</summary>
    public const string None = "none";

    public static KeyValuePair<string, object?> Of(string name, string value) => new(name, value);
}
