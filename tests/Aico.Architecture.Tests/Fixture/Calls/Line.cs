using Aico.Architecture.Tests.Fixture.Audio;

namespace Aico.Architecture.Tests.Fixture.Calls;

/// <summary>Uses Audio, as the fixture's table allows.</summary>
internal sealed class Line
{
    public static void Play() => Speaker.Play();
}
