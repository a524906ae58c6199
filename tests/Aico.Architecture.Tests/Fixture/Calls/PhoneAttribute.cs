namespace Aico.Architecture.Tests.Fixture.Calls;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PhoneAttribute : Attribute;
