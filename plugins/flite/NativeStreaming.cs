using System.Runtime.InteropServices;

namespace Aico.Plugins.Flite;

/// <summary>flite's cst_audio_streaming_info. The utterance that it is set on frees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeStreaming
{
    /// <summary>Samples between two calls; flite rounds it up to whole synthesis frames.</summary>
    public int MinimumSamples;

    /// <summary>(wave, first sample, samples, is last, this) -> 0 to go on, 1 to stop. Called on the thread that synthesizes.</summary>
    public delegate* unmanaged[Cdecl]<NativeWave*, int, int, int, NativeStreaming*, int> Callback;
    /// <summary>Set by flite before the first call.</summary>
    public void* Utterance;
    public void* Item;
    public void* UserData;
}
