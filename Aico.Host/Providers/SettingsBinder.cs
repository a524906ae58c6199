using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers;

/// <summary>Fills one settings record and gathers everything that is wrong on the way. Used once.</summary>
internal sealed class SettingsBinder(SettingsModel model)
{
    private readonly List<SettingsError> _errors = [];

    public IReadOnlyList<SettingsError> Errors => _errors;

    /// <summary>Returns the record; it must not be used where there are errors.</summary>
    public object Bind(JsonObject settings, IReadOnlyDictionary<string, Secret> secrets)
    {
        var bound = BindObject(model.Type, settings, template: null, pointer: "");
        BindSecrets(bound, secrets);
        Check(model.Type, bound, pointer: "");
        return bound;
    }

    private object BindObject(JsonTypeInfo type, JsonObject settings, object? template, string pointer)
    {
        var bound = type.CreateObject!();
        foreach (var property in type.Properties)
        {
            // A nested record keeps what its parent's initializer gave it, where only some of it is set.
            if (template is not null && property.Get is { } get)
            {
                property.Set!(bound, get(template));
            }
        }

        foreach (var (name, value) in settings)
        {
            var at = $"{pointer}/{Escape(name)}";
            if (type.Properties.FirstOrDefault(property => property.Name == name) is { } property)
            {
                BindProperty(property, bound, value, at);
            }
            else
            {
                AddUnknown(type, name, at);
            }
        }

        return bound;
    }

    private void BindProperty(JsonPropertyInfo property, object bound, JsonNode? value, string pointer)
    {
        var type = property.Options.GetTypeInfo(property.PropertyType);
        if (value is null)
        {
            if (IsNullable(property))
            {
                property.Set!(bound, null);
            }
            else
            {
                AddWrongType(property.PropertyType, value, pointer);
            }
        }
        else if (value is JsonObject parts && type is { Kind: JsonTypeInfoKind.Object, CreateObject: not null })
        {
            property.Set!(bound, BindObject(type, parts, property.Get?.Invoke(bound), pointer));
        }
        else
        {
            try
            {
                property.Set!(bound, value.Deserialize(type));
            }
            catch (JsonException fault)
            {
                AddWrongType(property.PropertyType, value, pointer + SettingsTypes.PointerOf(fault.Path));
            }
        }
    }

    private void BindSecrets(object bound, IReadOnlyDictionary<string, Secret> secrets)
    {
        foreach (var (name, secret) in secrets)
        {
            if (model.Secrets.FirstOrDefault(candidate => candidate.Name == name) is { } known)
            {
                known.Property.SetValue(bound, secret);
            }
            else
            {
                var nearest = NearestName.Of(name, model.Secrets.Select(candidate => candidate.Name));
                Add($"/{Escape(name)}", SettingsProblem.UnknownSecret, $"There is no secret \"{name}\"{Meant(nearest)}", nearest);
            }
        }

        foreach (var missing in model.Secrets.Where(secret => secret.IsRequired && secret.Property.GetValue(bound) is null))
        {
            Add($"/{missing.Name}", SettingsProblem.MissingSecret, $"The secret \"{missing.Name}\" is not set.");
        }
    }

    // Checks defaults as well as what was set, since a default may only be allowed beside another setting.
    private void Check(JsonTypeInfo type, object bound, string pointer)
    {
        foreach (var property in type.Properties)
        {
            var at = $"{pointer}/{Escape(property.Name)}";
            var value = property.Get?.Invoke(bound);
            if (_errors.Any(error => !error.InSecrets && (error.Pointer == at || error.Pointer.StartsWith($"{at}/", StringComparison.Ordinal))))
            {
                continue;
            }

            CheckValue(property, bound, value, at);
            if (value is not null
                && property.Options.GetTypeInfo(property.PropertyType) is { Kind: JsonTypeInfoKind.Object, CreateObject: not null } nested)
            {
                Check(nested, value, at);
            }
        }

        if (bound is IValidatableObject self && _errors.Count == 0)
        {
            foreach (var result in self.Validate(new ValidationContext(bound)))
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(result.MemberNames.FirstOrDefault() ?? "");
                // Whether a secret is needed may hang on a setting, such as the address.
                var isMissingSecret = model.Secrets.Any(secret => secret.Name == name && secret.Property.GetValue(bound) is null);
                Add(
                    name.Length == 0 ? pointer : $"{pointer}/{name}",
                    isMissingSecret ? SettingsProblem.MissingSecret : SettingsProblem.Invalid,
                    result.ErrorMessage ?? "Not allowed.");
            }
        }
    }

    private void CheckValue(JsonPropertyInfo property, object bound, object? value, string pointer)
    {
        // Not the Validator class: it keeps every type that it has seen, which would pin the plugin.
        var attributes = property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? [];
        foreach (var attribute in attributes.Cast<ValidationAttribute>())
        {
            var context = new ValidationContext(bound) { MemberName = property.Name, DisplayName = property.Name };
            if (attribute.GetValidationResult(value, context) is { } result)
            {
                var missing = attribute is RequiredAttribute;
                Add(
                    pointer,
                    missing ? SettingsProblem.Missing : SettingsProblem.Invalid,
                    missing ? $"The setting \"{pointer[1..]}\" is not set." : result.ErrorMessage ?? $"\"{property.Name}\" is not allowed.");
                return;
            }
        }
    }

    private void AddUnknown(JsonTypeInfo type, string name, string pointer)
    {
        if (model.Secrets.FirstOrDefault(secret => string.Equals(secret.Name, name, StringComparison.OrdinalIgnoreCase)) is { } misplaced)
        {
            Add(
                pointer,
                SettingsProblem.UnknownSetting,
                $"\"{name}\" is a secret: it is set with the secrets, never among the settings.",
                misplaced.Name);
            return;
        }

        var known = type.Properties.Select(property => property.Name).Order(StringComparer.Ordinal).ToList();
        var nearest = NearestName.Of(name, known);
        var instead = nearest is not null || known.Count == 0 ? Meant(nearest) : $"; there are {string.Join(", ", known)}.";
        Add(pointer, SettingsProblem.UnknownSetting, $"There is no setting \"{pointer[1..]}\"{instead}", nearest);
    }

    private void AddWrongType(Type type, JsonNode? value, string pointer)
    {
        var nearest = SettingsTypes.NearestChoice(type, value);
        Add(
            pointer,
            SettingsProblem.WrongType,
            $"\"{pointer[1..]}\" must be {SettingsTypes.Describe(type)}{(nearest is null ? "." : Meant(nearest))}",
            nearest);
    }

    private void Add(string pointer, SettingsProblem problem, string message, string? nearest = null) =>
        _errors.Add(new SettingsError(pointer, problem, message, nearest));

    private static string Meant(string? nearest) => nearest is null ? "." : $"; did you mean \"{nearest}\"?";

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
