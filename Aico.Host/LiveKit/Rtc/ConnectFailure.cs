using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>What the library's words about a failed connection mean: it hands out nothing else.</summary>
internal static class ConnectFailure
{
    private static readonly string[] _unauthorized = ["401", "403", "unauthorized", "invalid token", "permission"];
    private static readonly string[] _timedOut = ["timed out", "timeout"];

    public static RoomException From(Uri url, string error)
    {
        var failure = Says(_unauthorized) ? RoomFailure.Unauthorized : Says(_timedOut) ? RoomFailure.TimedOut : RoomFailure.Unavailable;
        return new RoomException(failure, $"The room at {url.Host} could not be joined: {NativeLog.WithoutTokens(error)}");

        bool Says(string[] words) => words.Any(word => error.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
