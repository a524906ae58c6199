namespace Aico.Plugins.Whisper;

/// <summary>The two ways in which servers take an utterance.</summary>
internal enum WhisperDialect
{
    /// <summary>The server is asked which it is.</summary>
    Auto,

    /// <summary>OpenAI, Groq, speaches and others: /v1/audio/transcriptions, with a model in the request and a list of models.</summary>
    OpenAI,

    /// <summary>whisper.cpp's server: /inference, with the one model that it was started with.</summary>
    WhisperCpp,
}
