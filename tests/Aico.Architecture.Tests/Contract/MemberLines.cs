using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Aico.Architecture.Tests.Contract;

/// <summary>Writes what others can see of a type's members, one line each. What the compiler adds to a record is left out.</summary>
internal static class MemberLines
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}")
        : type.GetConstructors(Declared).Where(IsWritten).Select(Constructor)
            .Concat(type.GetProperties(Declared).Where(IsSeen).Select(Property))
            .Concat(type.GetFields(Declared).Where(IsSeen).Select(Field))
            .Concat(type.GetEvents(Declared).Where(added => IsSeen(added.AddMethod)).Select(Event))
            .Concat(type.GetMethods(Declared).Where(method => IsWritten(method) && !IsAccessor(method)).Select(Method));

    /// <summary>The names and types of a parameter list, defaults included.</summary>
    public static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsSeen(PropertyInfo property) =>
        property.Name != "EqualityContract" && (IsSeen(property.GetMethod) || IsSeen(property.SetMethod));

    private static bool IsWritten(MethodBase method) =>
        IsSeen(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !IsCopyConstructor(method);

    private static bool IsCopyConstructor(MethodBase method) =>
        method is ConstructorInfo { IsFamily: true } && method.GetParameters() is [var only] && only.ParameterType == method.DeclaringType;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Modifiers(constructor)}{TypeNames.Simple(constructor.DeclaringType!)}({Parameters(constructor)})";

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{kind}{TypeNames.Of(field.FieldType, Nullability.Create(field))} {field.Name}{value}";
    }

    private static string Event(EventInfo @event) =>
        $"{Modifiers(@event.AddMethod!)}event {TypeNames.Of(@event.EventHandlerType!, Nullability.Create(@event))} {@event.Name}";

    private static string Property(PropertyInfo property)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var get = IsSeen(property.GetMethod) ? "get; " : "";
        var set = !IsSeen(property.SetMethod) ? "" : IsInit(property.SetMethod!) ? "init; " : "set; ";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        var modifiers = Modifiers(property.GetMethod ?? property.SetMethod!);
        return $"{modifiers}{required}{TypeNames.Of(property.PropertyType, Nullability.Create(property))} {property.Name}{index} {{ {get}{set}}}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Method(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        var arguments = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(type => type.Name))}>";
        var returns = TypeNames.Of(method.ReturnType, Nullability.Create(method.ReturnParameter));
        return $"{Modifiers(method)}{returns} {method.Name}{arguments}({Parameters(method)}){TypeNames.Constraints(generic)}";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var type = TypeNames.Of(parameter.ParameterType, Nullability.Create(parameter));
        var optional = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{direction}{(parameter.ParameterType.IsByRef ? type["ref ".Length..] : type)} {parameter.Name}{optional}";
    }

    private static string Modifiers(MethodBase method)
    {
        var seen = method.IsPublic ? "" : "protected ";
        var kind = method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual ",
            { IsAbstract: true } => "abstract ",
            MethodInfo overriding when overriding.GetBaseDefinition() != overriding => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return seen + kind;
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
