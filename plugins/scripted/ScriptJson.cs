using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Plugins.Scripted;

/// <summary>
/// Generated, because reflection-based serialization would keep the plugin from being unloaded.
/// For the same reason the script's records have setters: generated code sets every init-only property, which would undo the defaults.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(ScriptPatternConverter), typeof(ScriptFailureConverter)])]
[JsonSerializable(typeof(Script))]
internal sealed partial class ScriptJson : JsonSerializerContext;
