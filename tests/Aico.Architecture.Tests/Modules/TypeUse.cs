using Mono.Cecil;

namespace Aico.Architecture.Tests.Modules;

/// <param name="Member">The member, as written in the source, that uses the type.</param>
/// <param name="Type">The type used, without array, pointer or generic arguments around it.</param>
/// <param name="Used">The type or member used, for the message.</param>
internal sealed record TypeUse(string Member, TypeReference Type, string Used);
