using System.Runtime.InteropServices;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Flite;

/// <summary>
/// libflite and its voices, loaded once in a process. Voices are never freed: flite keeps them in static memory, and one voice may
/// speak on many threads at once.
/// </summary>
internal sealed unsafe class FliteLibrary
{
    public static readonly IReadOnlyList<string> VoiceNames = ["slt", "rms", "awb", "kal16", "kal"];

    private static readonly Lock Loading = new();
    private static FliteLibrary? _loaded;

    private readonly Dictionary<string, nint> _voices = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _find;

    private FliteLibrary(nint library, Func<string, string?> find)
    {
        _find = find;
        NewUtterance = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, "new_utterance");
        DeleteUtterance = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "delete_utterance");
        SetText = (delegate* unmanaged[Cdecl]<nint, byte*, int>)NativeLibrary.GetExport(library, "utt_set_input_text");
        SetVoice = (delegate* unmanaged[Cdecl]<nint, nint, nint>)NativeLibrary.GetExport(library, "utt_init");
        Synthesize = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, "utt_synth");
        SetFloat = (delegate* unmanaged[Cdecl]<nint, byte*, float, void>)NativeLibrary.GetExport(library, "feat_set_float");
        SetValue = (delegate* unmanaged[Cdecl]<nint, byte*, nint, void>)NativeLibrary.GetExport(library, "feat_set");
        NewStreaming = (delegate* unmanaged[Cdecl]<NativeStreaming*>)NativeLibrary.GetExport(library, "new_audio_streaming_info");
        StreamingValue = (delegate* unmanaged[Cdecl]<NativeStreaming*, nint>)NativeLibrary.GetExport(library, "audio_streaming_info_val");
        Relation = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)NativeLibrary.GetExport(library, "utt_relation");
        Head = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, "relation_head");
        Next = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, "item_next");
        FloatFeature = (delegate* unmanaged[Cdecl]<nint, byte*, float>)NativeLibrary.GetExport(library, "ffeature_float");
        TextFeature = (delegate* unmanaged[Cdecl]<nint, byte*, byte*>)NativeLibrary.GetExport(library, "ffeature_string");
        ((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "flite_init"))();
    }

    public delegate* unmanaged[Cdecl]<nint> NewUtterance { get; }

    public delegate* unmanaged[Cdecl]<nint, void> DeleteUtterance { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, int> SetText { get; }

    /// <summary>Copies the voice's features into the utterance: what is set on the utterance afterwards is its own.</summary>
    public delegate* unmanaged[Cdecl]<nint, nint, nint> SetVoice { get; }

    public delegate* unmanaged[Cdecl]<nint, nint> Synthesize { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, float, void> SetFloat { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, nint, void> SetValue { get; }

    public delegate* unmanaged[Cdecl]<NativeStreaming*> NewStreaming { get; }

    public delegate* unmanaged[Cdecl]<NativeStreaming*, nint> StreamingValue { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, nint> Relation { get; }

    public delegate* unmanaged[Cdecl]<nint, nint> Head { get; }

    public delegate* unmanaged[Cdecl]<nint, nint> Next { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, float> FloatFeature { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, byte*> TextFeature { get; }

    /// <summary>Loads libflite where it is not loaded yet.</summary>
    /// <exception cref="ProviderException">It is not on this machine.</exception>
    public static FliteLibrary Load(IProviderContext context)
    {
        lock (Loading)
        {
            string? Find(string name) => context.Find(FlitePlugin.Library with { Name = name });
            return _loaded ??= new FliteLibrary(Open("flite", Find), Find);
        }
    }

    /// <summary>Returns a voice, loading it at first use: 4 to 11 ms.</summary>
    /// <exception cref="ProviderException">There is no such voice, or its library is missing.</exception>
    public nint Voice(string name)
    {
        if (!VoiceNames.Contains(name))
        {
            throw new ProviderException(
                ProviderFailure.InvalidRequest, $"flite has no voice \"{name}\". It has {string.Join(", ", VoiceNames)}.");
        }

        lock (Loading)
        {
            if (!_voices.TryGetValue(name, out var voice))
            {
                var library = Open($"flite_cmu_us_{name}", _find);
                voice = ((delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, $"register_cmu_us_{name}"))(0);
                _voices.Add(name, voice);
            }

            return voice;
        }
    }

    /// <summary>The numbered name comes first: distributions keep the plain one for their development packages.</summary>
    private static nint Open(string name, Func<string, string?> find)
    {
        string?[] candidates = [find(name), $"lib{name}.so.1", $"lib{name}.so", $"lib{name}.1.dylib", $"lib{name}.dylib", $"{name}.dll"];
        foreach (var candidate in candidates)
        {
            if (candidate is not null && NativeLibrary.TryLoad(candidate, out var library))
            {
                return library;
            }
        }

        throw new ProviderException(
            ProviderFailure.Unavailable, $"The native library lib{name}.so.1 is not on this machine. On Debian: {FlitePlugin.Library.HowToGet}.");
    }
}
