using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Aico.Architecture.Tests.Modules;

/// <summary>Every type that a type uses: in its declaration, its members' signatures, its attributes and the code of its methods.</summary>
/// <remarks>Nested types belong to the outermost one: that is where lambdas, iterators and async state machines end up.</remarks>
internal static partial class TypeUses
{
    private const string Declaration = "(declaration)";

    public static IEnumerable<TypeUse> Of(TypeDefinition type) =>
        InDeclaration(type)
            .Concat(type.Fields.SelectMany(InField))
            .Concat(type.Properties.SelectMany(property => InAttributes(property, SourceName(property))))
            .Concat(type.Events.SelectMany(@event => InAttributes(@event, SourceName(@event))))
            .Concat(type.Methods.SelectMany(InMethod))
            .Concat(type.NestedTypes.SelectMany(Of));

    private static IEnumerable<TypeUse> InDeclaration(TypeDefinition type)
    {
        var member = type.IsNested ? SourceName(type) : Declaration;
        return Types([type.BaseType, .. type.Interfaces.Select(implemented => implemented.InterfaceType), .. Constraints(type)], member)
            .Concat(InAttributes(type, member));
    }

    private static IEnumerable<TypeUse> InField(FieldDefinition field) =>
        Types([field.FieldType], SourceName(field)).Concat(InAttributes(field, SourceName(field)));

    private static IEnumerable<TypeUse> InMethod(MethodDefinition method)
    {
        var member = SourceName(method);
        var signature = Types([method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. Constraints(method)], member)
            .Concat(InAttributes(method, member))
            .Concat(InAttributes(method.MethodReturnType, member))
            .Concat(method.Parameters.SelectMany(parameter => InAttributes(parameter, member)));
        if (!method.HasBody)
        {
            return signature;
        }

        return signature
            .Concat(Types([.. method.Body.Variables.Select(local => local.VariableType)], member))
            .Concat(Types([.. method.Body.ExceptionHandlers.Select(handler => handler.CatchType)], member))
            .Concat(method.Body.Instructions.SelectMany(instruction => InInstruction(instruction, member)));
    }

    private static IEnumerable<TypeUse> InInstruction(Instruction instruction, string member) => instruction.Operand switch
    {
        TypeReference type => Types([type], member),
        FieldReference field => Types([field.DeclaringType, field.FieldType], member, field),
        MethodReference method => Types([method.DeclaringType, method.ReturnType, .. ParametersOf(method), .. ArgumentsOf(method)], member, method),
        _ => [],
    };

    private static IEnumerable<TypeUse> InAttributes(ICustomAttributeProvider provider, string member) =>
        provider.CustomAttributes.SelectMany(attribute => Types(
            [
                attribute.AttributeType,
                .. attribute.ConstructorArguments.SelectMany(InArgument),
                .. attribute.Properties.Concat(attribute.Fields).SelectMany(named => InArgument(named.Argument)),
            ],
            member));

    private static IEnumerable<TypeReference> InArgument(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [argument.Type, type],
        CustomAttributeArgument[] items => [argument.Type, .. items.SelectMany(InArgument)],
        CustomAttributeArgument boxed => InArgument(boxed),
        _ => [argument.Type],
    };

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> ParametersOf(MethodReference method) => method.Parameters.Select(parameter => parameter.ParameterType);

    private static TypeReference[] ArgumentsOf(MethodReference method) => method is GenericInstanceMethod instance ? [.. instance.GenericArguments] : [];

    private static IEnumerable<TypeUse> Types(IEnumerable<TypeReference?> types, string member, MemberReference? through = null) =>
        types.SelectMany(Unwrapped).Select(type => new TypeUse(member, type, UsedName(type, through)));

    private static string UsedName(TypeReference type, MemberReference? through) =>
        through is not null && through.DeclaringType.GetElementType().FullName == type.FullName ? $"{type.FullName}.{through.Name}" : type.FullName;

    /// <summary>List&lt;Phone[]&gt; is List and Phone.</summary>
    private static IEnumerable<TypeReference> Unwrapped(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Unwrapped)],
        FunctionPointerType pointer => [.. Unwrapped(pointer.ReturnType), .. pointer.Parameters.SelectMany(parameter => Unwrapped(parameter.ParameterType))],
        IModifierType modified => [.. Unwrapped(modified.ElementType), .. Unwrapped(modified.ModifierType)],
        TypeSpecification wrapped => Unwrapped(wrapped.ElementType),
        _ => [type],
    };

    /// <summary>The name in the source: the compiler calls the code of an async method Send "&lt;Send&gt;d__3.MoveNext" and a lambda in it "&lt;Send&gt;b__3_0".</summary>
    private static string SourceName(MemberReference member)
    {
        for (var current = member; current is not null; current = current.DeclaringType)
        {
            if (MangledName().Match(current.Name) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        return member.DeclaringType is { IsNested: true } ? $"{member.DeclaringType.Name}.{member.Name}" : member.Name;
    }

    [GeneratedRegex("^<([^<>]+)>")]
    private static partial Regex MangledName();
}
