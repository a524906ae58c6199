using System.Runtime.InteropServices;

namespace Aico.Plugins.Flite;

/// <summary>flite's cst_wave.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeWave
{
    public void* Type;
    public int SampleRate;
    public int SampleCount;
    public int Channels;
    public short* Samples;
}
