using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Vosk;

/// <summary>Opens one socket for each call. The language is the server's model's, so a request's is not sent.</summary>
internal sealed class VoskSpeechToText(VoskSettings settings, IProviderContext context) : ISpeechToText, IProviderProbe
{
    private readonly VendorErrors _errors = new("The Vosk server", null, context.TimeProvider);

    public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
    {
        if (request.Format.Channels != 1)
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, "Vosk hears one channel: send mono audio.");
        }

        if (Uri.CheckHostName(settings.Host) == UriHostNameType.Unknown)
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, "The host is no name or address of a machine, such as 127.0.0.1 or vosk.example.com.");
        }

        var url = new UriBuilder(settings.UseTls ? "wss" : "ws", settings.Host, settings.Port).Uri;
        var socket = await ProviderSocket.ConnectAsync(url, [], _errors, context, ct);
        return new ListeningSession(socket, new VoskProtocol(settings, request.Format, _errors), request.Format, _errors, context.TimeProvider);
    }

    /// <summary>A session without audio: the server answers it with an empty text.</summary>
    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        await using var session = await OpenAsync(new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), ct);
        await session.CompleteAsync(ct);
        await foreach (var _ in session.ReadAsync(ct))
        {
            // Without audio there is nothing to hear; the end of the stream is the answer.
        }

        return new ProbeReport("The Vosk server answers.");
    }
}
