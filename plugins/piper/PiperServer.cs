using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Piper;

/// <summary>What was found out about a server.</summary>
internal sealed record PiperServer(PiperDialect Dialect, IReadOnlyList<VoiceInfo> Voices)
{
    /// <summary>
    /// The server's name of a voice, or null. Servers cut the letters of ".onnx.json" off the end of a name, whichever stand there, so
    /// a name that ends in one of them is listed shorter than it is.
    /// </summary>
    public string? Find(string voice) =>
        Voices.FirstOrDefault(known => known.Id == voice)?.Id ?? Voices.FirstOrDefault(known => known.Id == voice.TrimEnd(".onxjs".ToCharArray()))?.Id;
}
