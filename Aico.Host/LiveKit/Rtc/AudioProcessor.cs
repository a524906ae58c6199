using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;
using Google.Protobuf;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// The native audio processing of one received track: 10 ms at a time, in place. <see cref="Process"/> and <see cref="Play"/> run on
/// threads of their own; the native side locks.
/// </summary>
internal sealed class AudioProcessor : IDisposable
{
    // What we send waits in the native queue and in the listener's jitter buffer before it can come back; the canceller searches around this.
    private const int EchoDelayMs = 150;

    private readonly FfiClient _client;
    private readonly AudioFormat _format;
    private readonly FfiHandle _apm;
    private long _failures;

    public AudioProcessor(FfiClient client, AudioFormat format, RoomAudioProcessing wanted)
    {
        _client = client;
        _format = format;
        CancelsEcho = wanted.EchoCancellation;
        var answer = client.Send(new FfiRequest
        {
            NewApm = new NewApmRequest
            {
                EchoCancellerEnabled = wanted.EchoCancellation,
                GainControllerEnabled = wanted.AutomaticGain,
                HighPassFilterEnabled = wanted.HighPass,
                NoiseSuppressionEnabled = wanted.NoiseSuppression,
            },
        });
        _apm = new FfiHandle(client, answer.NewApm.Apm.Handle);
        if (CancelsEcho)
        {
            client.Send(new FfiRequest { ApmSetStreamDelay = new ApmSetStreamDelayRequest { ApmHandle = _apm.Id, DelayMs = EchoDelayMs } });
        }
    }

    public bool CancelsEcho { get; }

    /// <summary>Pieces of 10 ms that stayed as they were because the library refused them.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>What is heard.</summary>
    public void Process(short[] samples) => EachPiece(samples, _format, isHeard: true);

    /// <summary>What is played, whose echo is to be removed. The samples are left as they are.</summary>
    public void Play(ReadOnlyMemory<short> samples, AudioFormat format) => EachPiece(samples.ToArray(), format, isHeard: false);

    public void Dispose() => _apm.Dispose();

    private void EachPiece(short[] samples, AudioFormat format, bool isHeard)
    {
        if (_apm.IsClosed)
        {
            return;
        }

        var piece = format.SamplesIn(TimeSpan.FromMilliseconds(10));
        var pinned = GCHandle.Alloc(samples, GCHandleType.Pinned);
        try
        {
            for (var at = 0; at + piece <= samples.Length; at += piece)
            {
                var request = new ApmProcessRequest
                {
                    ApmHandle = _apm.Id,
                    DataPtr = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(samples, at),
                    Size = (uint)(piece * sizeof(short)),
                    SampleRate = (uint)format.SampleRate,
                    NumChannels = (uint)format.Channels,
                };
                var message = isHeard ? new FfiRequest { ApmProcessStream = request } : new FfiRequest { ApmProcessReverseStream = request };
                if (!_client.TrySend(message.ToByteArray()))
                {
                    Interlocked.Increment(ref _failures);
                }
            }
        }
        finally
        {
            pinned.Free();
        }
    }
}
