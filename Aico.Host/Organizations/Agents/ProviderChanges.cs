namespace Aico.Host.Organizations.Agents;

/// <summary>When calls take a change of their organization's providers.</summary>
internal enum ProviderChanges
{
    /// <summary>A call keeps what it began with.</summary>
    NextCall,

    /// <summary>A call under way takes it when its caller speaks next. What has begun, such as an answer, ends with what it began with.</summary>
    NextTurn,
}
