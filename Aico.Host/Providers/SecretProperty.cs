using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Aico.Host.Providers;

/// <summary>A property of a settings record that holds a secret.</summary>
internal sealed class SecretProperty(PropertyInfo property)
{
    /// <summary>The name that it is set by.</summary>
    public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    public PropertyInfo Property { get; } = property;

    public bool IsRequired { get; } = property.IsDefined(typeof(RequiredAttribute), inherit: true);

    public string? Description { get; } = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
}
