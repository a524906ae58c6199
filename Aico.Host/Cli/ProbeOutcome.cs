using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli;

/// <summary>What a provider said to a probe.</summary>
internal sealed record ProbeOutcome(string Key, string Type, bool Ok, string? Failure, string Message, IReadOnlyList<string> Warnings, double LatencyMs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<ProbeOutcome> OfAsync(ResolvedProvider entry, ProviderFactory factory, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        ProbeOutcome Outcome(bool ok, string? failure, string message, IReadOnlyList<string>? warnings = null) => new(
            entry.Key, ProviderKinds.Code(entry.Definition.Kind), ok, failure, message, warnings ?? [], Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1));
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        object? provider = null;
        try
        {
            provider = factory.Create(
                entry.Definition, entry.Settings, entry.Secrets, isOperators: entry.Origin is not (ConfigurationOrigin.Api or ConfigurationOrigin.Backend));
            if (As<IProviderProbe>(provider) is not { } probe)
            {
                return Outcome(true, null, "The settings are valid and the provider could be made; it has no check of its own.");
            }

            var report = await probe.ProbeAsync(either.Token);
            return Outcome(true, null, report.Summary, report.Warnings);
        }
        catch (ProviderException e)
        {
            return Outcome(false, CliJson.Name(e.Failure), e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return Outcome(false, CliJson.Name(ProviderFailure.TimedOut), $"The service did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        finally
        {
            await DisposeAsync(provider);
        }
    }

    public static async ValueTask DisposeAsync(object? provider)
    {
        switch (provider)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    /// <summary>A further contract of a provider; null where it has none.</summary>
    public static T? As<T>(object provider)
        where T : class => provider as T ?? (provider as IChatClient)?.GetService(typeof(T)) as T;
}
