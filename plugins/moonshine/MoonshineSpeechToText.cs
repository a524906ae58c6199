using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Microsoft.Extensions.Logging;

namespace Aico.Plugins.Moonshine;

/// <summary>
/// Transcribes utterances of all calls on one model. Loading begins at once, on a thread of its own, so that it is over before the
/// first caller has spoken; a decode that comes earlier waits for it.
/// </summary>
internal sealed class MoonshineSpeechToText : IBatchSpeechToText, IDisposable
{
    private const string Language = "en";

    // Nobody says anything in less, and the encoder, which makes one step of 384 samples, has next to nothing to read.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private static readonly Transcript Nothing = new("") { Language = Language };

    private readonly MoonshineFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly DecodeScheduler _scheduler;
    private readonly Lock _gate = new();
    private Task<MoonshineModel> _model;

    public MoonshineSpeechToText(MoonshineSettings settings, MoonshineFiles files, IProviderContext context)
    {
        _files = files;
        _time = context.TimeProvider;
        _log = context.LoggerFactory.CreateLogger<MoonshineSpeechToText>();
        _scheduler = new(settings.Workers > 0 ? settings.Workers : Environment.ProcessorCount, settings.MaxQueuedPerOrganization);
        _model = LoadAsync();
    }

    /// <inheritdoc />
    public bool HasInterimHeadroom => _scheduler.HasInterimHeadroom && CurrentModel.IsCompletedSuccessfully;

    /// <summary>The load that is under way or over; faulted where the files cannot be used.</summary>
    internal Task Loaded => CurrentModel;

    private Task<MoonshineModel> CurrentModel
    {
        get
        {
            lock (_gate)
            {
                return _model;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        Check(request);
        if (utterance.Samples.IsEmpty)
        {
            return Nothing;
        }

        if (utterance.Format != AudioFormat.Speech)
        {
            throw new ArgumentException($"Moonshine hears 16,000 Hz mono, not {utterance.Format}.", nameof(utterance));
        }

        if (utterance.Duration < Shortest)
        {
            return Nothing;
        }

        var model = await ModelAsync().WaitAsync(ct);
        var texts = new List<string>();
        foreach (var piece in UtteranceSplitter.Split(utterance.Samples))
        {
            // Piece by piece through the queue: a long monologue must not hold a worker against everybody else.
            var text = await _scheduler.RunAsync(
                stop => model.Transcribe(piece.Span, stop), request.Call.OrganizationId, request.IsInterim, ct);
            if (text.Length > 0)
            {
                texts.Add(text);
            }
        }

        return new(string.Join(' ', texts)) { Language = Language };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _scheduler.Dispose();
        _ = ReleaseAsync(CurrentModel);
    }

    // A run that is still under way keeps its session until it ends.
    private static async Task ReleaseAsync(Task<MoonshineModel> load)
    {
        try
        {
            (await load).Dispose();
        }
        catch (ProviderException)
        {
            // It never loaded, which was logged then: there is nothing to release.
        }
    }

    private static void Check(SpeechToTextRequest request)
    {
        if (request.Language is { } language
            && !language.Equals(Language, StringComparison.OrdinalIgnoreCase)
            && !language.StartsWith(Language + "-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProviderException(
                ProviderFailure.InvalidRequest, $"Moonshine tiny hears English (en) only, not {language}: choose another speech-to-text provider for it.");
        }
    }

    // A failed load is tried again by the next utterance, since an operator may have put the files right.
    private Task<MoonshineModel> ModelAsync()
    {
        lock (_gate)
        {
            return _model.IsFaulted ? _model = LoadAsync() : _model;
        }
    }

    private Task<MoonshineModel> LoadAsync() => Task.Factory.StartNew(
        () =>
        {
            var start = _time.GetTimestamp();
            try
            {
                var model = new MoonshineModel(_files);
                _log.LogInformation("Moonshine was loaded in {Milliseconds:0} ms.", _time.GetElapsedTime(start).TotalMilliseconds);
                return model;
            }
            catch (ProviderException exception)
            {
                _log.LogError(exception, "Moonshine cannot be loaded.");
                throw;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
