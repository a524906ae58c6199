namespace Aico.Plugins.Tests.Faults;

/// <summary>The ways in which a provider fails.</summary>
internal enum FaultKind
{
    /// <summary>It does not fail.</summary>
    None,

    /// <summary>Nobody listens at the port.</summary>
    Refused,

    /// <summary>The host has no address.</summary>
    UnknownHost,

    /// <summary>TLS is spoken to a port that speaks none.</summary>
    Tls,

    /// <summary>The port takes the connection, and nobody answers.</summary>
    ConnectStall,

    /// <summary>The request is refused with a status.</summary>
    Status,

    /// <summary>The request is taken, and no result comes.</summary>
    FirstStall,

    /// <summary>A first result comes, and no other.</summary>
    MiddleStall,

    /// <summary>The connection is cut after a first result.</summary>
    MiddleCut,

    /// <summary>Something comes that the vendor never sends: a page of a proxy, text that is no JSON.</summary>
    Garbage,

    /// <summary>The answer ends well and holds nothing.</summary>
    Empty,

    /// <summary>A socket opens whose other end reads nothing, answers no ping and never closes.</summary>
    HalfOpen,

    /// <summary>The vendor tells of an error where a result was expected.</summary>
    ErrorInside,

    /// <summary>The vendor closes the socket.</summary>
    Close,

    /// <summary>The audio that comes has another sample rate than was asked for.</summary>
    WrongRate,

    /// <summary>A message of 10 MB comes.</summary>
    Huge,
}
