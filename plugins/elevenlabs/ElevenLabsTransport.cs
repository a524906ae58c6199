namespace Aico.Plugins.ElevenLabs;

/// <summary>How text goes out and speech comes back.</summary>
internal enum ElevenLabsTransport
{
    /// <summary>The WebSocket of many contexts: tells which characters each piece of audio speaks.</summary>
    Socket,

    /// <summary>One request a sentence: serves every model, and tells nothing about characters.</summary>
    Http,
}
