namespace Aico.Host.LiveKit.Api;

/// <summary>All permissions of a participant: what is not said is taken away.</summary>
internal sealed record ParticipantPermission
{
    public bool CanSubscribe { get; init; }

    public bool CanPublish { get; init; }

    public bool CanPublishData { get; init; }

    public bool Hidden { get; init; }

    public bool CanUpdateMetadata { get; init; }
}
