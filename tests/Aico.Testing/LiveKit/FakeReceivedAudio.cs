using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;

namespace Aico.Testing.LiveKit;

/// <summary>A track of the caller: loud where the script has speech, silence otherwise, a frame every 20 ms of the clock.</summary>
internal sealed class FakeReceivedAudio(ScriptedCaller caller, FakeRoom room, TimeProvider time, AudioFormat format, TimeSpan frame) : IReceivedAudio
{
    private readonly CancellationTokenSource _end = new();

    public bool IsMuted { get; set; }

    public bool IsDisposed { get; private set; }

    public long DroppedFrames => 0;

    public void End() => _end.Cancel();

    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        for (var start = TimeSpan.FromTicks(room.Now.Ticks / frame.Ticks * frame.Ticks); ; start += frame)
        {
            var due = start + frame - room.Now;
            try
            {
                await Task.Delay(due, time, either.Token);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                yield break;
            }

            if (!IsMuted)
            {
                var samples = new short[format.SamplesIn(frame)];
                if (caller.Utterances.Any(utterance => utterance.Start <= start && start < utterance.End))
                {
                    Array.Fill(samples, ScriptedCaller.Loud);
                }

                yield return samples;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
