using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Trials;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Chain;

/// <summary>Measures what a chain costs when all is well, and what a caller waits when its first provider is not.</summary>
internal sealed class ChainBench(TextWriter progress)
{
    private const int Rounds = 200;
    private const int OutageCalls = 100;
    private const int TurnsPerCall = 10;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<ChainBenchResult> RunAsync(CancellationToken ct)
    {
        await progress.WriteLineAsync($"a chain that is well: {Rounds} turns of each");
        var (alone, chained) = await WellAsync(ct);
        await progress.WriteLineAsync("first failovers");
        var refused = await FirstAsync(BenchedState.Failing, ct);
        var silent = await FirstAsync(BenchedState.Silent, ct);
        await progress.WriteLineAsync($"later calls: {OutageCalls}");
        var later = await LaterAsync(ct);
        await progress.WriteLineAsync($"an outage: {OutageCalls} calls at once, {TurnsPerCall} turns each");
        var (answered, dead) = await OutageAsync(ct);
        return new ChainBenchResult
        {
            Alone = alone,
            Chained = chained,
            FirstFailoverOverheadMs = refused,
            SilentFailoverOverheadMs = silent,
            LaterOverhead = later,
            OutageCalls = OutageCalls,
            OutageAnswered = answered,
            DeadRequests = dead.Requests,
            DeadProbes = dead.Probes,
            MostProbes = dead.MostProbing,
        };
    }

    private async Task<(Percentiles Alone, Percentiles Chained)> WellAsync(CancellationToken ct)
    {
        using var model = new BenchedModel(TimeSpan.Zero, _time);
        await using var health = Health();

        // An outage of somebody else, so that the memory is looked at.
        health.Failed(Subject("else", null), new ProviderException(ProviderFailure.Unavailable, "out"));
        var (alone, chained) = (new List<double>(), new List<double>());
        for (var i = -20; i < Rounds; i++)
        {
            // In turn, so that whatever else this machine does meets both.
            var one = await TurnAsync(ProviderChain<IChatClient>.Of("model", model), ct);
            var two = await TurnAsync(Chain(health, model, model), ct);
            if (i >= 0)
            {
                alone.Add(one);
                chained.Add(two);
            }
        }

        return (Percentiles.Of(alone)!, Percentiles.Of(chained)!);
    }

    private async Task<double> FirstAsync(BenchedState state, CancellationToken ct)
    {
        var overheads = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            using var first = new BenchedModel(Latency, _time) { State = state };
            using var second = new BenchedModel(Latency, _time);
            var usual = await TurnAsync(ProviderChain<IChatClient>.Of("second", second), ct);
            await using var health = Health();
            var took = await TurnAsync(Chain(health, first, second), ct);
            overheads.Add(took - usual - (state == BenchedState.Silent ? Budget.TotalMilliseconds : usual));
        }

        return Percentiles.Of(overheads)!.P50;
    }

    private async Task<Percentiles> LaterAsync(CancellationToken ct)
    {
        using var first = new BenchedModel(Latency, _time) { State = BenchedState.Silent };
        using var second = new BenchedModel(Latency, _time);
        await using var health = Health();
        await TurnAsync(Chain(health, first, second), ct);
        var (usual, later) = (new List<double>(), new List<double>());
        for (var i = 0; i < OutageCalls; i++)
        {
            usual.Add(await TurnAsync(ProviderChain<IChatClient>.Of("second", second), ct));
            later.Add(await TurnAsync(Chain(health, first, second), ct));
        }

        var median = Percentiles.Of(usual)!.P50;
        return Percentiles.Of(later.Select(took => took - median))!;
    }

    private async Task<(int Answered, BenchedModel Dead)> OutageAsync(CancellationToken ct)
    {
        var dead = new BenchedModel(Latency, _time) { State = BenchedState.Failing };
        using var second = new BenchedModel(Latency, _time);
        await using var health = Health();
        var calls = Enumerable.Range(0, OutageCalls).Select(async _ =>
        {
            var answered = 0;
            for (var turn = 0; turn < TurnsPerCall; turn++)
            {
                answered += await TurnAsync(Chain(health, dead, second), ct) > 0 ? 1 : 0;
                await Task.Delay(BetweenTurns, _time, ct);
            }

            return answered == TurnsPerCall ? 1 : 0;
        }).ToList();
        return ((await Task.WhenAll(calls)).Sum(), dead);
    }

    private static TimeSpan Budget { get; } = TimeSpan.FromMilliseconds(500);

    private ProviderHealth Health() => new(_time, NullLogger<ProviderHealth>.Instance);

    private static ProviderChain<IChatClient> Chain(ProviderHealth health, BenchedModel first, BenchedModel second) => new(
        [new ChainEntry<IChatClient>("first", first, 0, Subject("first", first)), new ChainEntry<IChatClient>("second", second, 1, Subject("second", second))], health);

    private static HealthSubject Subject(string key, IProviderProbe? probe) =>
        new() { Provider = key, Kind = ProviderKind.LanguageModel, Endpoint = key, Credential = key, Probe = probe };

    /// <summary>One typed turn of a call of its own: milliseconds from the decided turn to the first token.</summary>
    private async Task<double> TurnAsync(ProviderChain<IChatClient> models, CancellationToken ct)
    {
        var agent = new AgentSettings();
        agent = agent with { Thinking = agent.Thinking with { TokenBudget = Budget } };
        var watch = new BenchedTurn();
        var providers = new CallProviders { LanguageModel = models, VoiceActivityKey = EnergyVoiceActivity.Key };
        var call = new Call(CallIdentity.None, agent, providers, new TrialTransport(default, _time), watch, _time, NullLoggerFactory.Instance);
        watch.Over = () => call.End(CallEndReason.EndedByRequest);
        var running = call.RunAsync(ct);
        call.SendText("Are you there?");
        await running;
        ct.ThrowIfCancellationRequested();
        return watch.FirstTokenMs ?? throw new CliException("A turn was not answered.", ExitCode.Failed);
    }
}
