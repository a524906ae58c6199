namespace Aico.Plugins.Whisper;

/// <summary>How much an answer tells.</summary>
internal enum WhisperFormat
{
    /// <summary>As much as the model is known to tell.</summary>
    Auto,

    /// <summary>The text alone.</summary>
    Json,

    /// <summary>The text with its segments, their probabilities, and times.</summary>
    VerboseJson,
}
