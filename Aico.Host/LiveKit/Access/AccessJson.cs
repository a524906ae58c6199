using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Access;

/// <summary>The JSON of tokens.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class AccessJson : JsonSerializerContext;
