using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// The voice activity stream of one call, with the provider or, without one that works, the host's own fallback behind it. Used by
/// the listener's loop only.
/// </summary>
internal sealed class VoiceActivity : IDisposable
{
    // Quieter than any speech, and than the noise of most lines; digital silence, muted callers and comfort noise are below it.
    private const double QuietDb = -65;

    // After this much quiet voice has ended by the model's own judgement and its state has settled: asking it goes on costing half
    // of a call's processor time and tells nothing.
    private static readonly TimeSpan AskedInQuiet = TimeSpan.FromMilliseconds(320);

    private readonly CallContext _call;
    private IVoiceActivityStream _stream;
    private bool _isFallback;
    private short[] _lastQuiet = [];
    private TimeSpan _quiet;

    private VoiceActivity(CallContext call, IVoiceActivityStream stream, int windowSamples)
    {
        _call = call;
        _stream = stream;
        WindowSamples = windowSamples;
    }

    /// <summary>Changes when the fallback steps in.</summary>
    public int WindowSamples { get; private set; }

    /// <summary>
    /// Opens the provider's stream. Where there is none that works, the fallback, and says so, unless nobody will listen (a typed
    /// conversation) or the fallback is what was asked for by its key.
    /// </summary>
    public static VoiceActivity Open(CallContext call, bool isNeeded)
    {
        if (!isNeeded || (call.Providers.VoiceActivity is null && call.Providers.VoiceActivityKey == EnergyVoiceActivity.Key))
        {
            return OpenFallback(call);
        }

        string reason;
        ProviderFailure? failure = null;
        if (call.Providers.VoiceActivity is not { } detector)
        {
            reason = "No voice activity provider is there.";
        }
        else
        {
            try
            {
                if (detector.SampleRate != AudioFormat.Speech.SampleRate || detector.WindowSamples <= 0)
                {
                    reason = $"The voice activity provider wants {detector.WindowSamples} samples at {detector.SampleRate} Hz; "
                        + $"calls are heard at {AudioFormat.Speech.SampleRate} Hz.";
                }
                else
                {
                    return new VoiceActivity(call, detector.Open(), detector.WindowSamples);
                }
            }
            catch (Exception e)
            {
                var fault = ProviderFault.Of(e);
                (reason, failure) = (fault.Message, fault.Failure);
            }
        }

        call.Raise(Fallen(call, reason, failure));
        return OpenFallback(call);
    }

    /// <summary>Returns the probability of speech; null where the provider failed and the fallback, with its own window, goes on.</summary>
    public async ValueTask<float?> DetectAsync(short[] window)
    {
        if (!_isFallback && IsLongQuiet(window))
        {
            _lastQuiet = _lastQuiet.Length == window.Length ? _lastQuiet : new short[window.Length];
            window.CopyTo(_lastQuiet, 0);
            return 0;
        }

        try
        {
            if (_lastQuiet.Length > 0)
            {
                // The model goes on from the window before this one, so the last one that it was spared comes first.
                _stream.Detect(_lastQuiet);
                _lastQuiet = [];
            }

            return _stream.Detect(window);
        }
        catch (Exception e) when (!_isFallback)
        {
            var fault = ProviderFault.Of(e);
            await _call.ReportAsync(Fallen(_call, fault.Message, fault.Failure));
            Dispose();
            var fallback = new EnergyVoiceActivity();
            _stream = fallback.Open();
            _isFallback = true;
            WindowSamples = fallback.WindowSamples;
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (!_isFallback)
        {
            var fault = ProviderFault.Of(e);
            _call.Mailbox.Post(new CallSignal.Report(new StageFailed(
                _call.Now, CallStage.VoiceActivity, _call.Providers.VoiceActivityKey ?? "", fault.Failure, fault.Message)));
        }
    }

    private bool IsLongQuiet(short[] window)
    {
        _quiet = AudioLevel.RmsDb(window) < QuietDb ? _quiet + AudioFormat.Speech.DurationOf(window.Length) : TimeSpan.Zero;
        return _quiet > AskedInQuiet;
    }

    private static VoiceActivity OpenFallback(CallContext call)
    {
        var fallback = new EnergyVoiceActivity();
        return new VoiceActivity(call, fallback.Open(), fallback.WindowSamples) { _isFallback = true };
    }

    private static StageFailed Fallen(CallContext call, string reason, ProviderFailure? failure) => new(
        call.Now,
        CallStage.VoiceActivity,
        call.Providers.VoiceActivityKey ?? EnergyVoiceActivity.Key,
        failure,
        $"{reason} The call uses the host's energy-based detector, which takes loud noise for speech.");
}
