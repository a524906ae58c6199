using System.Text;
using Aico.Abstractions.Audio;
using Aico.Host.Audio;

namespace Aico.Host.Cli.Talk;

/// <summary>Writes what a conversation leaves behind: the recording and the timeline.</summary>
internal static class ConversationFiles
{
    // Half of the recording's rate would do for words; the caller's own rate spares the page a second conversion.
    private const int PageSampleRate = 16_000;

    public static void Write(TalkResult result, ConversationRecorder recorder)
    {
        if (result.Out is { } recording)
        {
            WriteWav(File.Create(recording), recorder, ConversationRecorder.AgentSampleRate);
        }

        if (result.Timeline is { } timeline)
        {
            var wav = new MemoryStream();
            WriteWav(wav, recorder, PageSampleRate);
            using var page = new StreamWriter(timeline, false, new UTF8Encoding(false));
            TimelinePage.Write(result, wav.ToArray(), page);
        }
    }

    private static void WriteWav(Stream stream, ConversationRecorder recorder, int sampleRate)
    {
        using var writer = new WavWriter(stream, sampleRate, 2);
        writer.Write(Stereo(recorder, sampleRate).Samples.Span);
    }

    /// <summary>Both sides on one clock: caller left, agent right.</summary>
    internal static AudioFrame Stereo(ConversationRecorder recorder, int sampleRate)
    {
        var caller = Resample(recorder.Caller(), sampleRate);
        var agent = Resample(recorder.Agent(), sampleRate);
        var length = Math.Max(caller.Length, agent.Length);
        Array.Resize(ref caller, length);
        Array.Resize(ref agent, length);
        var both = new short[length * 2];
        PcmConversion.Interleave(caller, agent, both);
        return new AudioFrame(new AudioFormat(sampleRate, 2), both, TimeSpan.Zero);
    }

    private static short[] Resample(AudioFrame side, int sampleRate) => CallerAudio.Resample(side.Samples.Span, side.Format.SampleRate, sampleRate);
}
