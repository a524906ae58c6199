using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;
using Google.Protobuf;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>What we ask of a room. Every request ends with the room: <see cref="RoomFailure.Disconnected"/>.</summary>
/// <param name="client">Sends them.</param>
/// <param name="local">Our participant's handle; the room's.</param>
/// <param name="ended">Cancelled when we are out of the room.</param>
internal sealed class RoomRequests(FfiClient client, ulong local, CancellationToken ended)
{
    public FfiClient Client => client;

    public async Task<PublishedTrack> PublishAsync(string name, TrackSource source, AudioFormat format, TimeSpan queue, CancellationToken ct)
    {
        using var held = new HandleBag();
        var native = held.Add(new FfiHandle(client, Send(new FfiRequest
        {
            NewAudioSource = new NewAudioSourceRequest
            {
                // Processing is for microphones; ours is a voice that was made.
                Options = new AudioSourceOptions { EchoCancellation = false, NoiseSuppression = false, AutoGainControl = false },
                SampleRate = (uint)format.SampleRate,
                NumChannels = (uint)format.Channels,
                QueueSizeMs = (uint)queue.TotalMilliseconds,
            },
        }).NewAudioSource.Source.Handle));
        var track = held.Add(new FfiHandle(client, Send(new FfiRequest
        {
            CreateAudioTrack = new CreateAudioTrackRequest { Name = name, SourceHandle = native.Id },
        }).CreateAudioTrack.Track.Handle));

        var id = client.NextId();
        var answer = await AskAsync(id, new FfiRequest
        {
            PublishTrack = new PublishTrackRequest
            {
                LocalParticipantHandle = local,
                TrackHandle = track.Id,
                RequestAsyncId = id,
                Options = new TrackPublishOptions { Source = (int)source, Dtx = true, Red = true },
            },
        }, UnpublishLate, ct);
        held.Keep();
        var publication = answer.PublishTrack.Publication;
        return new PublishedTrack(this, native, track, new FfiHandle(client, publication.Handle), publication.Info.Sid);
    }

    /// <summary>Nothing is left to do where the room or the library has gone.</summary>
    public async Task UnpublishAsync(string trackSid)
    {
        try
        {
            var id = client.NextId();
            await AskAsync(id, Unpublish(trackSid, id), null, CancellationToken.None);
        }
        catch (RoomException)
        {
            // The server drops it with us, or has done so.
        }
    }

    public Task SetAttributesAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new SetLocalAttributesRequest { LocalParticipantHandle = local, RequestAsyncId = id };
        request.Attributes.AddRange(attributes.Select(pair => new StringPair { Key = pair.Key, Value = pair.Value }));
        return AskAsync(id, new FfiRequest { SetLocalAttributes = request }, null, ct);
    }

    public Task SendTextAsync(RoomText stream, string text, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new SendTextRequest { LocalParticipantHandle = local, Options = OptionsOf(stream), Text = text, RequestAsyncId = id };
        return AskAsync(id, new FfiRequest { SendText = request }, null, ct);
    }

    public async Task<FfiHandle> OpenTextAsync(RoomText stream, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new TextStreamOpenRequest { LocalParticipantHandle = local, Options = OptionsOf(stream), RequestAsyncId = id };
        var answer = await AskAsync(id, new FfiRequest { TextStreamOpen = request }, null, ct);
        return new FfiHandle(client, answer.TextStreamOpen.Writer.Handle);
    }

    public Task WriteTextAsync(FfiHandle writer, string text, CancellationToken ct)
    {
        var id = client.NextId();
        return AskAsync(id, new FfiRequest { TextStreamWrite = new TextStreamWriteRequest { WriterHandle = writer.Id, Text = text, RequestAsyncId = id } }, null, ct);
    }

    /// <summary>The request takes the writer.</summary>
    public Task CloseTextAsync(FfiHandle writer, IReadOnlyDictionary<string, string> attributes, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new TextStreamCloseRequest { WriterHandle = writer.Id, RequestAsyncId = id };
        request.Attributes.Add(attributes.ToDictionary());
        var closing = AskAsync(id, new FfiRequest { TextStreamClose = request }, null, ct);
        writer.Dispose();
        return closing;
    }

    public Task SendBytesAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var id = client.NextId();
        var options = new StreamByteOptions { Topic = stream.Topic, Name = name, MimeType = "application/octet-stream" };
        options.Attributes.Add(stream.Attributes.ToDictionary());
        options.DestinationIdentities.AddRange(stream.Destinations);
        if (stream.SenderIdentity is { } sender)
        {
            options.SenderIdentity = sender;
        }

        var request = new SendBytesRequest
        {
            LocalParticipantHandle = local,
            Options = options,
            Bytes = UnsafeByteOperations.UnsafeWrap(bytes),
            RequestAsyncId = id,
        };
        return AskAsync(id, new FfiRequest { SendBytes = request }, null, ct);
    }

    public Task PublishTranscriptionAsync(RoomTranscription transcription, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new PublishTranscriptionRequest
        {
            LocalParticipantHandle = local,
            ParticipantIdentity = transcription.Identity,
            TrackId = transcription.TrackSid,
            RequestAsyncId = id,
        };
        request.Segments.Add(new TranscriptionSegment
        {
            Id = transcription.SegmentId,
            Text = transcription.Text,
            StartTime = 0,
            EndTime = 0,
            Final = transcription.IsFinal,
            Language = transcription.Language,
        });
        return AskAsync(id, new FfiRequest { PublishTranscription = request }, null, ct);
    }

    public Task SendDtmfAsync(uint code, string digit, CancellationToken ct)
    {
        var id = client.NextId();
        var request = new PublishSipDtmfRequest { LocalParticipantHandle = local, Code = code, Digit = digit, RequestAsyncId = id };
        return AskAsync(id, new FfiRequest { PublishSipDtmf = request }, null, ct);
    }

    public void RegisterRpc(string method) =>
        Send(new FfiRequest { RegisterRpcMethod = new RegisterRpcMethodRequest { LocalParticipantHandle = local, Method = method } });

    public void AnswerRpc(ulong invocationId, string? payload, string? error)
    {
        const uint applicationError = 1500;
        var request = new RpcMethodInvocationResponseRequest { LocalParticipantHandle = local, InvocationId = invocationId };
        if (error is not null)
        {
            request.Error = new RpcError { Code = applicationError, Message = error };
        }
        else
        {
            request.Payload = payload ?? "";
        }

        var answer = Send(new FfiRequest { RpcMethodInvocationResponse = request }).RpcMethodInvocationResponse;
        if (answer is { HasError: true })
        {
            throw new RoomException(RoomFailure.Rejected, $"The call of a method could not be answered: {answer.Error}");
        }
    }

    public async Task<string> CallRpcAsync(string identity, string method, string payload, TimeSpan timeout, CancellationToken ct)
    {
        var id = client.NextId();
        var answer = await AskAsync(id, new FfiRequest
        {
            PerformRpc = new PerformRpcRequest
            {
                LocalParticipantHandle = local,
                DestinationIdentity = identity,
                Method = method,
                Payload = payload,
                ResponseTimeoutMs = (uint)timeout.TotalMilliseconds,
                RequestAsyncId = id,
            },
        }, null, ct);
        return answer.PerformRpc.Payload;
    }

    public void SetSubscribed(ulong publication, bool isSubscribed) =>
        Send(new FfiRequest { SetSubscribed = new SetSubscribedRequest { Subscribe = isSubscribed, PublicationHandle = publication } });

    public FfiResponse Send(FfiRequest request) => ended.IsCancellationRequested ? throw Gone() : client.Send(request);

    private async Task<FfiEvent> AskAsync(ulong id, FfiRequest request, Action<FfiEvent>? late, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, ended);
        try
        {
            var answer = await client.AskAsync(id, request, late, either.Token);
            return FfiAnswers.ErrorOf(answer) is { } error
                ? throw new RoomException(RoomFailure.Rejected, $"{request.MessageCase} failed: {NativeLog.WithoutTokens(error)}")
                : answer;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw Gone();
        }
    }

    private void UnpublishLate(FfiEvent answer)
    {
        if (answer.PublishTrack.Publication is { } publication)
        {
            client.DropHandles(answer);
            if (!ended.IsCancellationRequested)
            {
                client.TrySend(Unpublish(publication.Info.Sid, client.NextId()).ToByteArray());
            }
        }
    }

    private FfiRequest Unpublish(string trackSid, ulong id) => new()
    {
        UnpublishTrack = new UnpublishTrackRequest
        {
            LocalParticipantHandle = local,
            TrackSid = trackSid,
            StopOnUnpublish = true,
            RequestAsyncId = id,
        },
    };

    private static StreamTextOptions OptionsOf(RoomText stream)
    {
        var options = new StreamTextOptions { Topic = stream.Topic };
        options.Attributes.Add(stream.Attributes.ToDictionary());
        options.DestinationIdentities.AddRange(stream.Destinations);
        if (stream.SenderIdentity is { } sender)
        {
            options.SenderIdentity = sender;
        }

        return options;
    }

    public static RoomException Gone() => new(RoomFailure.Disconnected, "The room was left or lost.");
}
