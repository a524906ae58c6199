namespace Aico.Plugins.OpenAI;

/// <summary>The form in which speech is asked for.</summary>
internal enum OpenAISpeechFormat
{
    /// <summary>Pcm, but Wav at Groq, which has nothing else that needs no decoder.</summary>
    Auto,

    /// <summary>Headerless, 24 kHz, 16 bits, mono.</summary>
    Pcm,

    /// <summary>With a head that tells the rate.</summary>
    Wav,
}
