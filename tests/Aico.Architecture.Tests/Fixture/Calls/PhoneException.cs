namespace Aico.Architecture.Tests.Fixture.Calls;

internal sealed class PhoneException : Exception;
