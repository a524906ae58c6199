namespace Aico.Testing.Http;

/// <summary>What a local server does after the last piece of a response.</summary>
public enum LocalResponseEnd
{
    /// <summary>It ends the response properly.</summary>
    Complete,

    /// <summary>It cuts the connection.</summary>
    Cut,

    /// <summary>It sends nothing more until the client goes away.</summary>
    Stall,

    /// <summary>It sends nothing at all, not even the status, until the client goes away.</summary>
    Hold,
}
