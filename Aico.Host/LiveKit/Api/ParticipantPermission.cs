namespace Aico.Host.LiveKit.Api;

/// <summary>All permissions of a participant: what is not said is taken away.</summary>
internal sealed record ParticipantPermission
{
    public bool CanSubscribe { get; set; }

    public bool CanPublish { get; set; }

    public bool CanPublishData { get; set; }

    public bool Hidden { get; set; }

    public bool CanUpdateMetadata { get; set; }
}
