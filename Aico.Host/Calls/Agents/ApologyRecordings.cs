using System.Collections.Concurrent;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls.Speaking;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>
/// Records an agent's apology and goodbye when its providers are made: with the first of its own voices that speaks, else with one of the
/// host's. Runs beside the first call and delays nothing.
/// </summary>
internal sealed partial class ApologyRecordings(
    AgentSettings agent, string organizationId, CallProviders providers, ProviderFactory factory, ProviderCatalog catalog, TimeProvider time, ILogger logger)
    : IRecordings, IAsyncDisposable
{
    public const int SampleRate = 24_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<short>> _spoken = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _recording = Task.CompletedTask;

    public ReadOnlyMemory<short>? Find(string text) => _spoken.TryGetValue(text, out var samples) ? samples : null;

    /// <summary>Begins. Called once.</summary>
    public void Start() => _recording = RecordAsync();

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _recording;
        _stop.Dispose();
    }

    private async Task RecordAsync()
    {
        string[] texts = [agent.Apology, agent.FailureGoodbye];
        foreach (var text in texts.Where(text => text.Any(char.IsLetterOrDigit)))
        {
            try
            {
                await RecordAsync(text);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RecordAsync(string text)
    {
        var own = providers.TextToSpeech!.Entries.Select(entry => (entry.Key, Make: (Func<ITextToSpeech>)(() => entry.Provider)));
        var hosts = catalog.Definitions
            .Where(known => known.Kind == ProviderKind.TextToSpeech && known.Descriptor.Hosting == ProviderHosting.BuiltIn)
            .Select(known => (known.Key, Make: (Func<ITextToSpeech>)(() => (ITextToSpeech)factory.Create(known, [], new Dictionary<string, Secret>(), isOperators: true))));
        foreach (var (key, make) in own.Concat(hosts))
        {
            using var limit = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
            try
            {
                var request = new TextToSpeechRequest(new CallIdentity(organizationId, "recording")) { Language = agent.Language };
                _spoken[text] = await SpokenText.SpeakAsync(make(), request, text, SampleRate, either.Token);
                return;
            }
            catch (Exception e) when (ProviderFault.Is(e, _stop.Token, out var fault))
            {
                LogNotRecorded(organizationId, key, fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Organization}: {Provider} did not record the apology, the next voice is asked. {Reason}")]
    private partial void LogNotRecorded(string organization, string provider, string reason);
}
