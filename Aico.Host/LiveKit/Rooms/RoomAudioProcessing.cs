namespace Aico.Host.LiveKit.Rooms;

/// <summary>What the native audio processing does to audio that is received.</summary>
internal sealed record RoomAudioProcessing
{
    public bool NoiseSuppression { get; init; }

    /// <summary>Removes what we play from what we hear. Off: frontends and telephones do it themselves, and twice is worse than once.</summary>
    public bool EchoCancellation { get; init; }

    public bool AutomaticGain { get; init; }

    public bool HighPass { get; init; }

    public bool IsNeeded => NoiseSuppression || EchoCancellation || AutomaticGain || HighPass;
}
