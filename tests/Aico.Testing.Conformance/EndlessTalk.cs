using Aico.Abstractions.Sessions;

namespace Aico.Testing.Conformance;

/// <summary>Writes a text into a session again and again until it is stopped, so that there is always more to speak.</summary>
internal sealed class EndlessTalk : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    public EndlessTalk(IDuplexSession<string, Abstractions.TextToSpeech.SpeechChunk> session, string text) =>
        End = Task.Run(() => WriteAsync(session, text + " ", _over.Token));

    /// <summary>Ends soon after <see cref="Stop"/>, once the session gives back the piece that it makes wait.</summary>
    public Task End { get; }

    /// <summary>No further piece is written. One that waits in the session goes on waiting: only the session's end ends it.</summary>
    public void Stop() => _over.Cancel();

    public void Dispose() => _over.Dispose();

    private static async Task WriteAsync(IDuplexSession<string, Abstractions.TextToSpeech.SpeechChunk> session, string text, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await session.SendAsync(text, CancellationToken.None);
        }
    }
}
