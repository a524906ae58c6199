using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>The events that complete a request.</summary>
internal static class FfiAnswers
{
    /// <summary>The number that the request had; 0 for other events.</summary>
    public static ulong IdOf(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.Connect => message.Connect.AsyncId,
        FfiEvent.MessageOneofCase.PublishTrack => message.PublishTrack.AsyncId,
        FfiEvent.MessageOneofCase.PerformRpc => message.PerformRpc.AsyncId,
        FfiEvent.MessageOneofCase.TextStreamOpen => message.TextStreamOpen.AsyncId,
        FfiEvent.MessageOneofCase.TextStreamWriterWrite => message.TextStreamWriterWrite.AsyncId,
        FfiEvent.MessageOneofCase.TextStreamWriterClose => message.TextStreamWriterClose.AsyncId,
        FfiEvent.MessageOneofCase.SendText => message.SendText.AsyncId,
        FfiEvent.MessageOneofCase.SendBytes => message.SendBytes.AsyncId,
        _ => DoneOf(message)?.AsyncId ?? 0,
    };

    /// <summary>What went wrong, where the answer says so.</summary>
    public static string? ErrorOf(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.Connect when message.Connect.Result is null => message.Connect.Error,
        FfiEvent.MessageOneofCase.PublishTrack when message.PublishTrack.Publication is null => message.PublishTrack.Error,
        FfiEvent.MessageOneofCase.TextStreamOpen when message.TextStreamOpen.Writer is null => message.TextStreamOpen.Error?.Description ?? "",
        FfiEvent.MessageOneofCase.TextStreamWriterWrite => message.TextStreamWriterWrite.Error?.Description,
        FfiEvent.MessageOneofCase.TextStreamWriterClose => message.TextStreamWriterClose.Error?.Description,
        FfiEvent.MessageOneofCase.SendText => message.SendText.Error?.Description,
        FfiEvent.MessageOneofCase.SendBytes => message.SendBytes.Error?.Description,
        FfiEvent.MessageOneofCase.PerformRpc => message.PerformRpc.Error?.Message,
        _ => DoneOf(message) is { HasError: true } done ? done.Error : null,
    };

    private static DoneCallback? DoneOf(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.Disconnect => message.Disconnect,
        FfiEvent.MessageOneofCase.UnpublishTrack => message.UnpublishTrack,
        FfiEvent.MessageOneofCase.PublishTranscription => message.PublishTranscription,
        FfiEvent.MessageOneofCase.SetLocalAttributes => message.SetLocalAttributes,
        FfiEvent.MessageOneofCase.PublishSipDtmf => message.PublishSipDtmf,
        _ => null,
    };
}
