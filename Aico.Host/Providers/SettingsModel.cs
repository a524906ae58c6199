using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers;

/// <summary>
/// What is known of a settings record: its schemas, and how to fill it. Each has JSON options of its own, so that the serializer's
/// knowledge of a plugin's types goes with the plugin. Derived when it is first needed: for all plugins it takes half a second of a processor.
/// </summary>
internal sealed class SettingsModel
{
    private readonly Lazy<JsonTypeInfo> _type;
    private readonly Lazy<JsonObject> _schema;
    private readonly Lazy<JsonObject> _secretsSchema;

    private SettingsModel(Func<JsonTypeInfo> type, IReadOnlyList<SecretProperty> secrets, Func<object> makeDefaults)
    {
        Secrets = secrets;
        _type = new Lazy<JsonTypeInfo>(type);
        _schema = new Lazy<JsonObject>(() => SettingsSchema.Of(Type, makeDefaults()));
        _secretsSchema = new Lazy<JsonObject>(() => SettingsSchema.OfSecrets(secrets));
    }

    /// <summary>The record without its secrets.</summary>
    public JsonTypeInfo Type => _type.Value;

    public IReadOnlyList<SecretProperty> Secrets { get; }

    public JsonObject Schema => _schema.Value;

    public JsonObject SecretsSchema => _secretsSchema.Value;

    /// <summary>The model of a record, which is derived where it is first asked for; <see cref="Describe"/> does it now.</summary>
    public static SettingsModel Of<TSettings>()
        where TSettings : class, new()
    {
        IReadOnlyList<SecretProperty> secrets =
        [
            .. typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.PropertyType == typeof(Secret))
                .Select(property => new SecretProperty(property)),
        ];
        return new SettingsModel(() => TypeInfoOf(typeof(TSettings)), secrets, static () => new TSettings());
    }

    /// <summary>Derives what was not derived yet.</summary>
    /// <exception cref="NotSupportedException">The record has a property that has no JSON form.</exception>
    /// <exception cref="InvalidOperationException">The record contradicts itself, such as with two properties of one name.</exception>
    public void Describe() => _ = Schema;

    /// <summary>Fills a new record: its own defaults, then the settings, then the secrets.</summary>
    /// <exception cref="SettingsException">Something is wrong; names everything that is.</exception>
    public object Bind(string providerKey, JsonObject settings, IReadOnlyDictionary<string, Secret> secrets)
    {
        var binder = new SettingsBinder(this);
        var bound = binder.Bind(settings, secrets);
        return binder.Errors.Count == 0 ? bound : throw new SettingsException(providerKey, binder.Errors);
    }

    private static JsonTypeInfo TypeInfoOf(Type root)
    {
        var resolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => KeepSettings(info, root) } };
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = resolver,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new DurationJsonConverter(),
                new AbsoluteUriJsonConverter(),
            },
        };
        options.MakeReadOnly();
        return options.GetTypeInfo(root);
    }

    private static void KeepSettings(JsonTypeInfo info, Type root)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        if (info.Type != root && info.Properties.FirstOrDefault(property => property.PropertyType == typeof(Secret)) is { } secret)
        {
            throw new NotSupportedException(
                $"The secret {info.Type.Name}.{secret.Name} stands in a nested record; secrets stand in the settings record itself.");
        }

        // What nobody can set is no setting: computed properties, and those that are marked as ignored.
        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            if (info.Properties[i].PropertyType == typeof(Secret) || info.Properties[i].Set is null)
            {
                info.Properties.RemoveAt(i);
            }
        }
    }
}
