using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>
/// The JSON of the server's API and its webhooks. Web defaults read the strings that 64-bit numbers are written as. What is read has
/// setters: generated code sets every init-only property, to null where protobuf's JSON has left a default out.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(TwirpError))]
[JsonSerializable(typeof(EmptyMessage))]
[JsonSerializable(typeof(RoomInfo))]
[JsonSerializable(typeof(ParticipantInfo))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(ListRoomsRequest))]
[JsonSerializable(typeof(ListRoomsResponse))]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(ParticipantRequest))]
[JsonSerializable(typeof(ListParticipantsResponse))]
[JsonSerializable(typeof(UpdateParticipantRequest))]
[JsonSerializable(typeof(UpdateRoomMetadataRequest))]
[JsonSerializable(typeof(SendDataRequest))]
[JsonSerializable(typeof(CreateDispatchRequest))]
[JsonSerializable(typeof(DispatchRequest))]
[JsonSerializable(typeof(ListDispatchResponse))]
[JsonSerializable(typeof(AgentDispatch))]
[JsonSerializable(typeof(CreateSipParticipantRequest))]
[JsonSerializable(typeof(SipParticipantInfo))]
[JsonSerializable(typeof(TransferSipParticipantRequest))]
internal sealed partial class ApiJson : JsonSerializerContext;
