using System.Reflection;
using System.Text;

namespace Aico.Architecture.Tests.Contract;

/// <summary>Writes the public surface of an assembly as text: sorted, one line a type or member, the same on every machine.</summary>
internal static class ContractSurface
{
    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes(), assembly.GetName());

    public static string Of(IEnumerable<Type> types, AssemblyName? assembly = null)
    {
        var text = new StringBuilder();
        if (assembly is not null)
        {
            text.Append(assembly.Name).Append(' ').Append(assembly.Version).Append('\n');
        }

        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append('\n').Append(type.Namespace).Append(": ").Append(Declaration(type)).Append('\n');
            // Values of an enum stay in the order of their numbers.
            var members = MemberLines.Of(type);
            foreach (var member in type.IsEnum ? members : members.Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeNames.Of(invoke.ReturnType)} {TypeNames.Of(type)}({MemberLines.Parameters(invoke)})";
        }

        return $"{Kind(type)} {Name(type)}{Bases(type)}{TypeNames.Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        var record = IsRecord(type) ? "record " : "";
        if (type.IsValueType)
        {
            var immutable = type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute)) ? "readonly " : "";
            return $"{immutable}{record}struct";
        }

        var inheritance = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        return inheritance + (record.Length > 0 ? "record" : "class");
    }

    // The only sign of a record that reflection shows.
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static string Name(Type type)
    {
        var name = TypeNames.Of(type).Split('<')[0];
        return type.IsGenericTypeDefinition ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Variance))}>" : name;
    }

    private static string Variance(Type parameter) => (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
    {
        GenericParameterAttributes.Covariant => "out ",
        GenericParameterAttributes.Contravariant => "in ",
        _ => "",
    } + parameter.Name;

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return " : " + TypeNames.Of(Enum.GetUnderlyingType(type));
        }

        var hasBase = type.BaseType is not null && type.BaseType != typeof(object) && type.BaseType != typeof(ValueType);
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = (hasBase ? new[] { TypeNames.Of(type.BaseType!) } : [])
            .Concat(type.GetInterfaces().Except(inherited).Where(IsWritten).Select(implemented => TypeNames.Of(implemented)).Order(StringComparer.Ordinal))
            .ToList();
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);

        // Every record has this one.
        bool IsWritten(Type implemented) => !(IsRecord(type) && implemented == typeof(IEquatable<>).MakeGenericType(type));
    }
}
