namespace Aico.Host.Calls.Rooms;

/// <summary>A live call for those who look often: as <see cref="RoomCallInfo"/>, without copying its turns.</summary>
/// <param name="Info">The call; its turns are left out.</param>
/// <param name="Caller">What the caller does.</param>
/// <param name="Turns">How many turns are complete.</param>
/// <param name="LastTurn">The latest that is complete; null for none.</param>
internal sealed record RoomCallStatus(RoomCallInfo Info, CallerState Caller, int Turns, TurnRecord? LastTurn);
