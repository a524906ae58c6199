namespace Aico.Host.Api.Enabled;

/// <summary>An answer that was made once and is sent as often as it is asked for.</summary>
/// <param name="Body">JSON.</param>
/// <param name="Tag">Its entity tag.</param>
internal sealed record EnabledAnswer(byte[] Body, string Tag);
