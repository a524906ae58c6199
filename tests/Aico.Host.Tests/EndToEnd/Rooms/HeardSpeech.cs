using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Audio;
using Aico.Host.Calls;
using Aico.Host.Providers;
using Aico.Testing;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>Understands what a caller has recorded, with the speech-to-text plugin of the assembled program.</summary>
internal sealed class HeardSpeech : IAsyncDisposable
{
    // Voice begins with breath that the caller's threshold does not count.
    private const double MarginSeconds = 0.2;

    private readonly AicoHost _host = BuiltHost.Open();
    private readonly IBatchSpeechToText _ears;

    public HeardSpeech() =>
        _ears = (IBatchSpeechToText)_host.Providers.Create(_host.Catalog.Find("moonshine")!, new JsonObject(), new Dictionary<string, Secret>());

    public async Task<string> UnderstandAsync(string wav, double fromSeconds, double toSeconds)
    {
        var audio = WavReader.Read(wav);
        var from = Math.Max(0, (int)((fromSeconds - MarginSeconds) * audio.SampleRate));
        var to = Math.Min(audio.Samples.Length, (int)((toSeconds + MarginSeconds) * audio.SampleRate));
        var samples = audio.Samples.AsSpan(from, to - from);
        var resampler = new Resampler(audio.SampleRate, AudioFormat.Speech.SampleRate);
        var speech = new short[resampler.MaximumOutput(samples.Length) + resampler.MaximumFlushOutput];
        var count = resampler.Process(samples, speech);
        count += resampler.Flush(speech.AsSpan(count));
        var heard = await _ears.TranscribeAsync(
            new AudioFrame(AudioFormat.Speech, speech.AsMemory(0, count), TimeSpan.Zero), new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), CancellationToken.None);
        return heard.Text;
    }

    public async ValueTask DisposeAsync()
    {
        (_ears as IDisposable)?.Dispose();
        await _host.DisposeAsync();
    }
}
