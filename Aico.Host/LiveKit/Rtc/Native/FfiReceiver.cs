namespace Aico.Host.LiveKit.Rtc.Native;

internal delegate void FfiReceiver(ReadOnlySpan<byte> message);
