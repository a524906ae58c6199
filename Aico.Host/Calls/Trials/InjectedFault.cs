namespace Aico.Host.Calls.Trials;

/// <summary>What a provider is made to suffer in a trial.</summary>
internal enum InjectedFault
{
    /// <summary>401: the credential is refused.</summary>
    Unauthorized,

    /// <summary>429: too many requests, come back in a second.</summary>
    RateLimited,

    /// <summary>500: the service fails.</summary>
    Failing,

    /// <summary>The request is taken and nothing comes.</summary>
    Stalled,

    /// <summary>The connection is lost after the first result.</summary>
    Cut,

    /// <summary>A session opens, takes everything and says nothing; nobody closes it.</summary>
    HalfOpen,

    /// <summary>Everything works, and the first result is a second and a half late.</summary>
    Slow,
}
