using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Wire = Aico.Host.LiveKit.Protocol;
using WireRequest = Aico.Host.LiveKit.Protocol.SessionRequest;
using WireResponse = Aico.Host.LiveKit.Protocol.SessionResponse;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>Answers the requests that are answered from what is known.</summary>
internal sealed class RemoteAnswers(
    RemoteSessionSettings settings, RemoteClock clock, RemoteConversation conversation, RemoteUsage usage, RemoteEvents events)
{
    private static readonly string Version =
        typeof(RemoteAnswers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Null: a request that this host does not know, which is to be ignored.</summary>
    public WireResponse? Answer(WireRequest request) => request.RequestCase switch
    {
        WireRequest.RequestOneofCase.Ping => new WireResponse { Pong = new() },
        WireRequest.RequestOneofCase.GetChatHistory => new WireResponse { GetChatHistory = new() { Items = { conversation.History } } },
        WireRequest.RequestOneofCase.GetAgentInfo => new WireResponse { GetAgentInfo = AgentInfo() },
        WireRequest.RequestOneofCase.GetSessionState => new WireResponse { GetSessionState = State() },
        WireRequest.RequestOneofCase.GetRtcStats => new WireResponse { GetRtcStats = new() },
        WireRequest.RequestOneofCase.GetSessionUsage =>
            new WireResponse { GetSessionUsage = new() { Usage = usage.ToWire(), CreatedAt = clock.Now } },
        WireRequest.RequestOneofCase.GetFrameworkInfo => new WireResponse { GetFrameworkInfo = new() { Sdk = "aico", SdkVersion = Version } },
        WireRequest.RequestOneofCase.UpdateIo => Update(request.UpdateIo),
        _ => null,
    };

    private WireResponse.Types.GetAgentInfoResponse AgentInfo()
    {
        var info = new WireResponse.Types.GetAgentInfoResponse { Id = settings.AgentId };
        if (settings.ShowsInternals)
        {
            var agent = settings.Agent();
            info.Instructions = agent.Instructions;
            info.Tools.Add(agent.Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        }

        info.ChatCtx.Add(conversation.History);
        return info;
    }

    private WireResponse.Types.GetSessionStateResponse State() => new()
    {
        AgentState = events.Agent,
        UserState = events.Caller,
        AgentId = settings.AgentId,
        CreatedAt = clock.Began,
        Options = { Options() },
    };

    /// <summary>Under the names that frontends know; durations are in seconds.</summary>
    private Dictionary<string, string> Options()
    {
        var agent = settings.Agent();
        return new Dictionary<string, string>
        {
            ["endpointing"] = JsonSerializer.Serialize(new
            {
                min_delay = agent.Endpointing.MinimumDelay.TotalSeconds,
                max_delay = agent.Endpointing.MaximumDelay.TotalSeconds,
            }),
            ["interruption"] = JsonSerializer.Serialize(new
            {
                enabled = agent.Interruption.Enabled,
                min_duration = agent.Interruption.MinimumDuration.TotalSeconds,
                min_words = agent.Interruption.MinimumWords,
                false_interruption_timeout = agent.Interruption.FalseInterruptionTimeout.TotalSeconds,
            }),
            ["max_tool_steps"] = agent.Thinking.MaximumToolSteps.ToString(CultureInfo.InvariantCulture),
            ["user_away_timeout"] = agent.Silence.AwayAfter <= TimeSpan.Zero
                ? ""
                : agent.Silence.AwayAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["preemptive_generation"] = JsonSerializer.Serialize(new { enabled = agent.Preemptive.Enabled }),
        };
    }

    /// <summary>Audio and transcripts cannot be switched within a call: what asks for how it is anyway is confirmed, the rest refused.</summary>
    private WireResponse Update(WireRequest.Types.UpdateIO update)
    {
        var room = settings.Room;
        var response = new WireResponse { UpdateIo = new() };
        if (update.Input is { HasAudioEnabled: true } input && input.AudioEnabled != room.HearsAudio)
        {
            response.Error = "The agent's audio input cannot be switched within a call.";
        }
        else if (update.Output is { HasAudioEnabled: true } output && output.AudioEnabled != room.SpeaksAudio)
        {
            response.Error = "The agent's audio output cannot be switched within a call.";
        }
        else if (update.Output is { HasTranscriptionEnabled: true } text && text.TranscriptionEnabled != room.SendsTranscripts)
        {
            response.Error = "Transcripts cannot be switched within a call.";
        }

        return response;
    }
}
