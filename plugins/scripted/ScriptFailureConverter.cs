using System.Text.Json;
using System.Text.Json.Serialization;
using Aico.Abstractions;

namespace Aico.Plugins.Scripted;

/// <summary>Reads "unavailable" and its like.</summary>
internal sealed class ScriptFailureConverter() : JsonStringEnumConverter<ProviderFailure>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
