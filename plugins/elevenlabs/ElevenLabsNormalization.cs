namespace Aico.Plugins.ElevenLabs;

/// <summary>Whether numbers, dates and the like are written out before they are spoken.</summary>
internal enum ElevenLabsNormalization
{
    Auto,
    On,
    Off,
}
