using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Telemetry.Metrics;

/// <summary>Counts what calls use, from the same rows that are kept of it: metrics and books agree. Safe from any thread.</summary>
internal sealed class UsageMetrics(HostMeter meter, OrganizationLabel organizations)
{
    private static readonly string _stt = ProviderKinds.Code(Abstractions.Plugins.ProviderKind.SpeechToText);
    private static readonly string _tts = ProviderKinds.Code(Abstractions.Plugins.ProviderKind.TextToSpeech);

    public void Count(IReadOnlyList<UsageRow> rows)
    {
        foreach (var row in rows)
        {
            Count(row);
        }
    }

    private void Count(UsageRow row)
    {
        var organization = Label.Of(Label.Organization, organizations.Of(row.OrganizationId));
        var provider = Label.Of(Label.ModelProvider, row.Provider);
        var model = Label.Of(Label.ModelName, row.Model ?? Label.None);
        meter.Attempts.Add(
            1,
            [
                organization, Label.Of(Label.Kind, row.Kind), Label.Of(Label.Provider, row.Provider), Label.Of(Label.Outcome, row.Outcome),
                Label.Of(Label.Failure, row.Failure ?? Label.None),
            ]);
        if (row.ConnectLatency is { } connect)
        {
            meter.Acquire.Record(connect.TotalSeconds, organization, provider, model);
        }

        if (row.Cost is > 0 and { } cost)
        {
            meter.Cost.Add((double)cost, organization, Label.Of(Label.Kind, row.Kind), Label.Of(Label.Provider, row.Provider));
        }

        Add(meter.InputTokens, row.InputTokens, organization, provider, model);
        Add(meter.CachedTokens, row.CachedInputTokens, organization, provider, model);
        Add(meter.OutputTokens, row.OutputTokens, organization, provider, model);
        Add(meter.SpokenCharacters, row.Characters, organization, provider, model);
        if (row.AudioSeconds > 0 && (row.Kind == _stt || row.Kind == _tts))
        {
            (row.Kind == _stt ? meter.HeardAudio : meter.SpokenAudio).Add(row.AudioSeconds, organization, provider, model);
        }
    }

    private static void Add(
        System.Diagnostics.Metrics.Counter<long> counter, long count, KeyValuePair<string, object?> organization, KeyValuePair<string, object?> provider, KeyValuePair<string, object?> model)
    {
        if (count > 0)
        {
            counter.Add(count, organization, provider, model);
        }
    }
}
