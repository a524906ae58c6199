using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Aico.Abstractions;

namespace Aico.Plugins.Flite;

/// <summary>
/// One utterance in flite, on the calling thread. The audio comes while it is made: for a sentence of five seconds the first
/// samples after about 45 ms, the last after 145 (2 cores, voice slt).
/// </summary>
internal sealed unsafe class FliteSynthesis(FliteLibrary library, nint voice, double stretch, WordBlocks blocks, CancellationToken ct)
{
    private Exception? _fault;
    private bool _started;

    public void Run(string ascii)
    {
        var self = GCHandle.Alloc(this);
        var utterance = library.NewUtterance();
        try
        {
            fixed (byte* text = Encoding.ASCII.GetBytes(ascii + '\0'))
            fixed (byte* streamingInfo = "streaming_info"u8)
            fixed (byte* durationStretch = "duration_stretch"u8)
            {
                // flite copies the text.
                library.SetText(utterance, text);
                library.SetVoice(utterance, voice);
                // An utterance begins with the pointer to its features.
                var features = *(nint*)utterance;
                library.SetFloat(features, durationStretch, (float)stretch);
                var streaming = library.NewStreaming();
                streaming->Callback = &OnAudio;
                streaming->UserData = (void*)GCHandle.ToIntPtr(self);
                streaming->MinimumSamples = 320;
                library.SetValue(features, streamingInfo, library.StreamingValue(streaming));
            }

            if (library.Synthesize(utterance) == 0 && _fault is null && !ct.IsCancellationRequested)
            {
                throw new ProviderException(ProviderFailure.ProtocolError, "flite could not speak a sentence.");
            }

            if (_fault is not null)
            {
                throw _fault as ProviderException
                    ?? new ProviderException(ProviderFailure.ProtocolError, $"flite could not speak a sentence: {_fault.Message}", _fault);
            }

            if (!ct.IsCancellationRequested)
            {
                blocks.Finish();
            }
        }
        finally
        {
            // Frees the audio, the streaming information and everything else of the utterance.
            library.DeleteUtterance(utterance);
            self.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAudio(NativeWave* wave, int start, int size, int last, NativeStreaming* streaming)
    {
        const int GoOn = 0;
        const int Stop = 1;
        var synthesis = (FliteSynthesis)GCHandle.FromIntPtr((nint)streaming->UserData).Target!;
        try
        {
            return synthesis.Take(new ReadOnlySpan<short>(wave->Samples + start, size), (nint)streaming->Utterance) ? GoOn : Stop;
        }
        catch (Exception error)
        {
            // An exception must not travel through native frames: Run throws it on the other side.
            synthesis._fault = error;
            return Stop;
        }
    }

    private bool Take(ReadOnlySpan<short> samples, nint utterance)
    {
        if (ct.IsCancellationRequested)
        {
            return false;
        }

        if (!_started)
        {
            // The durations are known before the first sample is made.
            _started = true;
            blocks.Begin(FliteWords.Read(library, utterance, blocks.Text));
        }

        if (!blocks.Add(samples))
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, "flite would speak for minutes on one piece of text. Send shorter sentences.");
        }

        return true;
    }
}
